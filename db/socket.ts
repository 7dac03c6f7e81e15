import { connect, type Socket } from 'node:net'

/** What postgres.js hands to its `socket` option: hosts and ports to try in turn, or the path of a Unix socket. */
interface Place {
  readonly host?: readonly string[]
  readonly port?: readonly number[]
  readonly path?: string | false
}

/**
 * Opens a connection to Postgres without Nagle's algorithm. postgres.js leaves it on and writes the end of a COPY apart from its data: each COPY
 * then waits 40 ms for an acknowledgement.
 */
export async function openSocket(place: Place): Promise<Socket> {
  if (place.path) return opened(connect({ path: place.path }))
  let failure: unknown = new Error('no host to connect to')
  for (const [i, host] of (place.host ?? []).entries()) {
    const port = place.port?.[i] ?? place.port?.[0] ?? 5432
    try {
      const socket = await opened(connect({ host, port, noDelay: true }))
      // postgres.js names the host in TLS and in its messages.
      return Object.assign(socket, { host, port })
    } catch (error) {
      failure = error
    }
  }
  throw failure
}

function opened(socket: Socket): Promise<Socket> {
  return new Promise((resolve, reject) => {
    socket.once('error', reject)
    socket.once('connect', () => {
      socket.off('error', reject)
      resolve(socket)
    })
  })
}
