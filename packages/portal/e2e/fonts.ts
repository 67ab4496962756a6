import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

// Pages are set in the reader's own fonts, which differ in width by half. What is looked at is therefore looked at in
// fonts that the tests bring along, the same on every machine: as wide as the systems' own go, narrow, and wider than any.

const MONO = ['DejaVuSansMono.ttf', 'DejaVuSansMono-Bold.ttf'] as const
const SETS = {
  narrow: { family: 'DejaVu Sans', files: ['DejaVuSansCondensed.ttf', 'DejaVuSansCondensed-Bold.ttf'] },
  wide: { family: 'DejaVu Sans', files: ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf', ...MONO] },
  widest: { family: 'DejaVu Sans Mono', files: MONO },
} as const

export type FontSet = keyof typeof SETS

/** A machine's fonts, for a browser that asks fontconfig (on Linux): the environment to start it with. */
export interface Fonts {
  readonly env: Readonly<Record<string, string>>
  remove(): void
}

/** Makes a font folder with nothing but the set, whatever else is installed. */
export function fontsOf(set: FontSet): Fonts {
  const folder = mkdtempSync(join(tmpdir(), 'scel-fonts-'))
  const source = fileURLToPath(new URL('ttf/', import.meta.resolve('dejavu-fonts-ttf/package.json')))
  const { family, files } = SETS[set]
  for (const file of files) copyFileSync(join(source, file), join(folder, file))
  const config = join(folder, 'fonts.conf')
  writeFileSync(
    config,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${folder}</dir>
  <cachedir>${join(folder, 'cache')}</cachedir>
  ${prefer('monospace', 'DejaVu Sans Mono')}
  ${['sans-serif', 'serif', 'system-ui'].map((generic) => prefer(generic, family)).join('\n  ')}
</fontconfig>`,
  )
  return { env: { FONTCONFIG_FILE: config }, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

const prefer = (generic: string, family: string): string =>
  `<alias binding="same"><family>${generic}</family><prefer><family>${family}</family></prefer></alias>`
