// Makes of a few lines that use the library what a web page would load: with the portal's bundler, for browsers.

import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

/** The bundle as text: one ES module with everything in it that `source` (TypeScript) needs, minified unless told otherwise. */
export async function bundled(source: string, { minify = true }: { readonly minify?: boolean } = {}): Promise<string> {
  const entry = join(import.meta.dirname, 'bundle-entry.ts') // exists in the bundler's memory only
  const { build } = await portalBundler()
  const result = await build({
    configFile: false,
    logLevel: 'error',
    root: import.meta.dirname,
    plugins: [
      {
        name: 'entry',
        enforce: 'pre',
        resolveId: (id: string) => (id === entry ? entry : undefined),
        load: (id: string) => (id === entry ? source : undefined),
      },
    ],
    build: {
      write: false,
      minify,
      target: 'es2023',
      modulePreload: false,
      lib: { entry, formats: ['es'] },
      rollupOptions: { output: { codeSplitting: false } },
    },
  })
  return [result]
    .flat()[0]!
    .output.map(({ code }) => code ?? '')
    .join('\n')
}

interface Bundler {
  build(options: object): Promise<Output | readonly Output[]>
}
interface Output {
  readonly output: readonly { readonly code?: string }[]
}

const portalBundler = async (): Promise<Bundler> => {
  const portal = createRequire(join(import.meta.dirname, '../../portal/package.json'))
  return import(pathToFileURL(portal.resolve('vite')).href)
}
