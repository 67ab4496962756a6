import { documentCases } from './documents.ts'
import { keyFormCases } from './key-forms.ts'
import { keyCases } from './keys.ts'
import type { PortableCase } from './portable-case.ts'

/** The whole portable suite. */
export const portableCases: readonly PortableCase[] = [...keyCases, ...keyFormCases, ...documentCases]
