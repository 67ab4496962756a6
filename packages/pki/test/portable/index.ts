import { containerCases } from './containers.ts'
import { documentCases } from './documents.ts'
import { keyFormCases } from './key-forms.ts'
import { keyCases } from './keys.ts'
import { mailCases } from './mail.ts'
import type { PortableCase } from './portable-case.ts'
import { primitiveCases } from './primitives.ts'
import { sealingCases } from './sealing.ts'
import { signingCases } from './signing.ts'
import { structureCases } from './structures.ts'

/** The whole portable suite. */
export const portableCases: readonly PortableCase[] = [
  ...primitiveCases,
  ...keyCases,
  ...keyFormCases,
  ...structureCases,
  ...documentCases,
  ...containerCases,
  ...sealingCases,
  ...signingCases,
  ...mailCases,
]
