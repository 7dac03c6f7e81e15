import { route } from '@/app/api/_http/route'
import { rankedCsv } from '@/lib/suspect/csv'
import { rankSuspects } from '@/lib/suspect/rank'

export const GET = route(async (ctx, { params, query }) => {
  const ranked = await rankSuspects(ctx, { ...query, id: params.id ?? '' })
  if (query.format !== 'csv') return ranked
  const headers = {
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': 'attachment; filename="suspects.csv"',
  }
  return new Response(rankedCsv(ranked), { headers })
})
