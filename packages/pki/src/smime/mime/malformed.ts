import { fail } from '../../errors/index.ts'

export const malformed = (what: string): never => fail('mime_malformed', { what })
