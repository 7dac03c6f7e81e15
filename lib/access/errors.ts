/** What a verb may fail with. Each class has its status and name for RFC 9457; lib/access/problem.ts turns them into answers. */
export abstract class AccessError extends Error {
  abstract readonly status: number
  /** Last part of the problem's type. */
  abstract readonly code: string
  abstract readonly title: string
  constructor(
    message: string,
    /** Said to the caller beside the message. */
    readonly details: Readonly<Record<string, unknown>> = {},
  ) {
    super(message)
    this.name = new.target.name
  }
}

export class Invalid extends AccessError {
  readonly status = 400
  readonly code = 'invalid'
  readonly title = 'The request is not understood'
}
export class Unauthenticated extends AccessError {
  readonly status = 401
  readonly code = 'unauthenticated'
  readonly title = 'Sign in, or send a bearer token'
}
export class Forbidden extends AccessError {
  readonly status = 403
  readonly code = 'forbidden'
  readonly title = 'Not allowed'
}
export class NotFound extends AccessError {
  readonly status = 404
  readonly code = 'not-found'
  readonly title = 'Not found'
}
/** It is no longer as the caller saw it. */
export class Conflict extends AccessError {
  readonly status = 409
  readonly code = 'conflict'
  readonly title = 'It changed meanwhile'
}
export class TooLarge extends AccessError {
  readonly status = 413
  readonly code = 'too-large'
  readonly title = 'Too large'
}
/** Too much at once, or something it needs is away: worth trying again. */
export class Busy extends AccessError {
  readonly status = 503
  readonly code = 'busy'
  readonly title = 'Try again shortly'
}
/** Agreed on in the API, and not built yet. */
export class NotBuilt extends AccessError {
  readonly status = 501
  readonly code = 'not-built'
  readonly title = 'Not built yet'
}
