import { notBuilt, route } from '@/app/api/_http/route'
import { listPlaybooks } from '@/lib/playbook/list'

export const GET = route(async (ctx) => listPlaybooks(ctx))

export const POST = notBuilt('POST playbooks')
