import { notBuilt } from '@/app/api/_http/route'

export const GET = notBuilt('GET models/{id}/manifest')
