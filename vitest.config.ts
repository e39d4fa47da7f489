import { join } from 'node:path'
import { defineConfig } from 'vitest/config'
import { nodeCrypto, root, subpaths } from './test/support/package.ts'

/** The rooms that read what an attacker chose. */
const guarded = ['der', 'x509', 'eidas', 'jose', 'http', 'trust']

const sources = [{ specifier: '#crypto', source: nodeCrypto }, ...subpaths]

export default defineConfig({
  resolve: {
    // Whole names only: 'psd2-toolkit/crypto' must not catch 'psd2-toolkit/crypto/node'.
    alias: sources.map(({ specifier, source }) => ({
      find: new RegExp(`^${specifier}$`),
      replacement: join(root, source),
    })),
  },
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 30_000,
    reporters: ['default', './test/support/tally-reporter.ts'],
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts'],
      reporter: [['text', { skipFull: true }], 'html'],
      thresholds: Object.fromEntries(guarded.map((room) => [`src/${room}/**/*.ts`, { branches: 95 }])),
    },
  },
})
