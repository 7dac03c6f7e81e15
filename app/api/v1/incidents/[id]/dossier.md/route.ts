import { route } from '@/app/api/_http/route'
import { readDossier } from '@/lib/incident/dossier'
import { dossierMarkdown } from '@/lib/incident/dossier-markdown'

export const GET = route(async (ctx, { params }) => {
  const text = dossierMarkdown(await readDossier(ctx, { id: params.id ?? '' }))
  return new Response(text, { headers: { 'content-type': 'text/markdown; charset=utf-8' } })
})
