import { open } from '@/app/api/_http/route'
import { openApiDocument } from '@/app/api/_openapi/document'

/** What this API is, for programs; it holds nothing secret. */
export const GET = open(async () => openApiDocument())
