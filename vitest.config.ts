import { defineConfig } from 'vitest/config'

const alias = { '@': import.meta.dirname }
const left = ['**/node_modules/**', '**/.next/**', '**/.assay/**', '**/.assay-*/**']
const services = ['test/fixture/start-services.ts']

/**
 * Three kinds of tests. Unit tests lie beside the file they test. Integration tests share one real Postgres and one real Kafka, browser tests a
 * real Chromium too; these run one file at a time, because what they watch are time-outs, restarts and screens on a machine of two cores.
 */
export default defineConfig({
  resolve: { alias },
  test: {
    passWithNoTests: true,
    projects: [
      {
        resolve: { alias },
        test: {
          name: 'unit',
          include: ['{app,bin,db,ingest,lib}/**/*.test.{ts,tsx}', 'test/{platform,golden,bench}/**/*.test.ts'],
          exclude: left,
          testTimeout: 30_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'integration',
          include: ['test/{integration,chaos}/**/*.test.ts'],
          exclude: left,
          globalSetup: services,
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'e2e',
          // A browser on a busy machine may be late once; what fails twice is broken. The report says which were tried again.
          retry: 1,
          include: ['test/e2e/**/*.test.ts'],
          exclude: left,
          globalSetup: services,
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 180_000,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
})
