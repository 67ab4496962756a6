// What a web page loads: the bundle that only reads certificates has a limit (test/bundle.test.ts holds it), the others
// stand here to be seen growing.

import { gzipSync } from 'node:zlib'
import { bundled } from '../test/bundled.ts'
import { print } from './table.ts'

const KIBIBYTE = 1024
const READING = "import { extension, formatName, parseCertificate } from '@scel/pki/x509'"
const BUNDLES: Readonly<Record<string, string>> = {
  'reads certificates': `${READING}; globalThis.scel = { extension, formatName, parseCertificate }`,
  'everything of x509': "import * as x509 from '@scel/pki/x509'; globalThis.scel = x509",
  'validates paths': "import { validatePath } from '@scel/pki/path'; globalThis.scel = validatePath",
  'the whole library': "import * as pki from '@scel/pki'; globalThis.scel = pki",
}

for (const [what, source] of Object.entries(BUNDLES)) {
  const size = gzipSync(await bundled(source)).length / KIBIBYTE
  const value = `${size.toFixed(1)} KiB`
  const limit = { value: size, most: 25, unit: 'KiB' }
  print([{ what: `bundle, compressed: ${what}`, value, ...(what === 'reads certificates' ? { limit } : {}) }])
}
