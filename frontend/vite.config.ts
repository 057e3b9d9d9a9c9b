import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

/**
 * The Go server fills index.html for each response (nonce, language, title). The development
 * server has nobody to do that, so neutral values are put in here; the build keeps the marks.
 */
function fillTemplate(): Plugin {
  const values: Record<string, string> = { LANG: 'fi', TITLE: 'Yhdyspinta' };
  return {
    name: 'fill-template',
    apply: 'serve',
    transformIndexHtml: (html) =>
      html.replace(/\{\{([A-Z]+)\}\}/g, (_, name: string) => values[name] ?? ''),
  };
}

/** Writes each text file of the build also as .br and .gz, so that the server compresses nothing. */
function precompress(): Plugin {
  const encodings = { br: brotliCompressSync, gz: gzipSync };
  return {
    name: 'precompress',
    apply: 'build',
    writeBundle({ dir = '.' }, bundle) {
      for (const name of Object.keys(bundle)) {
        if (!/\.(js|css|svg)$/.test(name)) continue;
        const content = readFileSync(join(dir, name));
        for (const [suffix, compress] of Object.entries(encodings))
          writeFileSync(join(dir, `${name}.${suffix}`), compress(content));
      }
    },
  };
}

const backend = 'http://localhost:8080';

export default defineConfig({
  plugins: [react(), fillTemplate(), precompress()],
  build: { outDir: 'dist', emptyOutDir: true, assetsInlineLimit: 0 },
  server: { proxy: { '/api': backend, '/auth': backend, '/demo-idp': backend } },
  test: {
    environment: 'jsdom',
    environmentOptions: { jsdom: { url: 'http://localhost/' } },
    setupFiles: ['src/test/setup.ts'],
    include: ['src/**/*.test.{ts,tsx}'],
    restoreMocks: true,
    // A worker for each core, which keeps jsdom and the libraries for all its files instead of
    // loading them for each: setup.ts makes sure that a file finds nothing of the one before.
    maxWorkers: '100%',
    isolate: false,
    testTimeout: 20_000,
  },
});
