import { notBuilt } from '@/app/api/_http/route'

export const PUT = notBuilt('PUT models/{id}/golden')
