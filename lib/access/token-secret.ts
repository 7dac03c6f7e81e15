import { createHash, randomBytes } from 'node:crypto'

const prefix = 'assay_'
const shape = /^assay_[A-Za-z0-9_-]{43}$/

/** A new bearer token: 256 random bits, so a plain SHA-256 is all that needs to be kept of it. */
export const newTokenSecret = () => `${prefix}${randomBytes(32).toString('base64url')}`

export const hashToken = (secret: string) => createHash('sha256').update(secret).digest('hex')

export const looksLikeToken = (text: string) => shape.test(text)
