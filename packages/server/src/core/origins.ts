import { kitOrigin } from './origins/kit/kit-origin.ts'
import type { Origins } from './registration/origin.ts'

/** What brings requests for certificates, each by its own rules. */
export const ORIGINS: Origins = { kit: kitOrigin }
