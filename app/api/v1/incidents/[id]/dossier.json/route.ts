import { route } from '@/app/api/_http/route'
import { readDossier } from '@/lib/incident/dossier'

export const GET = route(async (ctx, { params }) => readDossier(ctx, { id: params.id ?? '' }))
