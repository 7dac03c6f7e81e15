import { defineConfig } from 'vitest/config'

export default defineConfig({
  resolve: { alias: { '@': import.meta.dirname } },
  test: { include: ['{lib,ingest,db,bin,app}/**/*.test.{ts,tsx}'] },
})
