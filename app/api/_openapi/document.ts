import { z } from 'zod'
import packageJson from '@/package.json' with { type: 'json' }
import { named, registry } from './named'
import { type Operation, operations } from './operations'

const problem = named(
  'Problem',
  z.looseObject({ type: z.string(), title: z.string(), status: z.number(), detail: z.string(), requestId: z.string() }),
)
const ref = (id: string) => ({ $ref: `#/components/schemas/${id}` })
type Json = Record<string, unknown>

/** OpenAPI 3.1, from the schemas that the verbs parse with. */
export function openApiDocument(): Json {
  const { schemas } = z.toJSONSchema(registry, {
    uri: (id) => `#/components/schemas/${id}`,
    unrepresentable: 'any',
    io: 'input',
  })
  const paths: Record<string, Json> = {}
  for (const operation of operations) {
    const path = paths[operation.path] ?? {}
    path[operation.method] = describe(operation)
    paths[operation.path] = path
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Assay',
      version: packageJson.version,
      license: { name: packageJson.license, identifier: packageJson.license },
    },
    servers: [{ url: '/api/v1' }],
    security: [{ bearer: [] }, { session: [] }],
    paths,
    components: {
      schemas: Object.fromEntries(Object.entries(schemas).map(([id, schema]) => [id, clean(schema as Json)])),
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'A token of npm run token' },
        session: { type: 'apiKey', in: 'cookie', name: 'assay.session_token' },
      },
    },
  }
}

function describe(operation: Operation): Json {
  const { method, path, summary, scope, query, body, bodyTypes, answer, answerType, status = 200, planned } = operation
  const parameters = [
    ...[...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
      name,
      in: 'path',
      required: true,
      schema: { type: 'string' },
    })),
    ...(query ? queryParameters(query) : []),
  ]
  const failure = {
    description: 'What went wrong (RFC 9457)',
    content: { 'application/problem+json': { schema: schemaOf(problem) } },
  }
  const done: Json = {
    description: summary,
    ...(answer ? { content: { 'application/json': { schema: schemaOf(answer) } } } : {}),
    ...(answerType ? { content: { [answerType]: { schema: { type: 'string' } } } } : {}),
  }
  return {
    operationId: `${method}${path.replace(/\W+(\w)/g, (_, letter: string) => letter.toUpperCase()).replace(/\W/g, '')}`,
    summary: planned ? `${summary} (not built yet: answers 501)` : summary,
    ...(planned ? { 'x-assay-status': 'planned' } : {}),
    ...(scope === null ? { security: [] } : { 'x-assay-scope': scope }),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(body ? { requestBody: { content: { 'application/json': { schema: schemaOf(body) } } } } : {}),
    ...(bodyTypes
      ? { requestBody: { required: true, content: Object.fromEntries(bodyTypes.map((type) => [type, {}])) } }
      : {}),
    responses: planned ? { 501: failure, default: failure } : { [status]: done, default: failure },
  }
}

function schemaOf(schema: z.ZodType): Json {
  const id = registry.get(schema)?.id
  return id ? ref(id) : clean(z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' }) as Json)
}

function queryParameters(query: z.ZodObject): Json[] {
  const { properties = {} } = schemaOf(query) as { properties?: Record<string, Json> }
  return Object.entries(properties).map(([name, schema]) => ({ name, in: 'query', required: false, schema }))
}

/** Names of our own and the dialect stand in the document, not in each schema. */
function clean({ $schema: _dialect, $id: _id, id: _name, ...schema }: Json): Json {
  return schema
}
