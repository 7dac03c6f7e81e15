import { createServer } from 'node:http'
import next from 'next'
import { type Config, publicUrl } from '@/lib/config'
import { CannotStart } from '@/lib/local/cannot-start'

const drainMs = 2000
// Events are posted in batches; 32 MB are some 40,000 of them. What is larger would sit in memory whole.
const longestBodyBytes = 32 * 1024 * 1024

/**
 * Serves the built app of the clone at `root`, in production mode.
 * @throws CannotStart when the port is taken
 */
export async function serveWeb(root: string, config: Config): Promise<{ url: string; stop(): Promise<void> }> {
  const app = next({ dev: false, dir: root, hostname: config.host, port: config.port })
  await app.prepare()
  const handle = app.getRequestHandler()
  const server = createServer(
    { requestTimeout: 120_000, headersTimeout: 20_000, keepAliveTimeout: 65_000 },
    (request, response) => {
      if (Number(request.headers['content-length'] ?? 0) > longestBodyBytes) {
        response.writeHead(413, { 'content-type': 'application/problem+json', connection: 'close' })
        response.end(
          JSON.stringify({
            title: 'Content too large',
            status: 413,
            detail: `at most ${longestBodyBytes} bytes in one request`,
          }),
        )
        return
      }
      handle(request, response).catch((error: unknown) => {
        process.stderr.write(`${request.method} ${request.url}: ${error instanceof Error ? error.stack : error}\n`)
        if (!response.headersSent) response.writeHead(500)
        response.end()
      })
    },
  )
  const port = await new Promise<number>((done, fail) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      fail(error.code === 'EADDRINUSE' ? CannotStart.portTaken(config.host, config.port) : error),
    )
    server.listen(config.port, config.host, () => {
      const address = server.address()
      done(typeof address === 'object' && address ? address.port : config.port)
    })
  })
  return {
    url: publicUrl({ ...config, port }),
    async stop() {
      const closed = new Promise((done) => server.close(done))
      server.closeIdleConnections()
      // Streams of events to browsers never end by themselves.
      setTimeout(() => server.closeAllConnections(), drainMs).unref()
      await closed
    },
  }
}
