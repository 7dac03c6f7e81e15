import { notBuilt } from '@/app/api/_http/route'

export const GET = notBuilt('GET silences')
export const POST = notBuilt('POST silences')
