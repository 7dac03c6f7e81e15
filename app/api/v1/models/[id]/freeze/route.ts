import { notBuilt } from '@/app/api/_http/route'

export const POST = notBuilt('POST models/{id}/freeze')
