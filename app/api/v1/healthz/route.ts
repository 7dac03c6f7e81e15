import { open } from '@/app/api/_http/route'

/** The process answers. */
export const GET = open(async () => ({ status: 'ok' }))
