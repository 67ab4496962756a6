import type { Profile } from '../profiles/profile.ts'
import type { RowCodes } from '../row-codes.ts'
import type { NewRequest } from './request.ts'

// Which form of its profile a request was read under, what it was read for, and what was chosen, which no CSR says. An operator changes a profile's file while requests wait: what
// was read by it then is not what their CSRs give now, and nobody wrote over their rows. Both are kept under a code, so that whoever does
// write over a row cannot say so.

type Read = Pick<
  NewRequest,
  'environment' | 'organisation' | 'service' | 'profile' | 'origin' | 'owner' | 'key' | 'choices' | 'readUnder'
>

export interface ReadUnder {
  /** What is kept with a request: the form of its profile, and the code that binds it to this wish. */
  of(wish: Omit<Read, 'readUnder'>, profile: Profile): string
  /**
   * Whether it was read under another form than its profile has now. What has no code of this desk says nothing.
   * @param profile of its ground, which has a code
   */
  differs(request: Read, profile: Profile): boolean
  /** Whether this desk took it in with this key and these choices, for this owner, organisation, service and profile, by what brought it. */
  vouchesFor(request: Read): boolean
}

export function createReadUnder(codes: RowCodes): ReadUnder {
  const formOf = (profile: Profile): string => {
    const { organisationalUnit = null, commonName, names, keyUsage, extendedKeyUsage } = profile
    return codes.codeOf(
      JSON.stringify(['form', organisationalUnit, commonName, names, keyUsage.rsa, keyUsage.ec, extendedKeyUsage]),
    )
  }
  const under = (form: string, read: Omit<Read, 'readUnder'>) => {
    const { environment, organisation, service, profile, origin, owner, key, choices } = read
    // What somebody is called may be erased, whose name it is not (decision 0057).
    const called = origin.of === undefined ? origin.name : [origin.of]
    const asked: unknown[] = [environment, organisation, profile, origin.kind, origin.id, called]
    asked.push(owner.kind, owner.id, key)
    if (service !== undefined) asked.push(service)
    if (choices !== undefined) asked.push(Object.entries(choices).sort())
    return `${form}.${codes.codeOf(JSON.stringify(['read-under', form, ...asked]))}`
  }
  const formIn = ({ readUnder = '' }: Read): string => readUnder.split('.')[0] ?? ''
  const vouchesFor = (request: Read): boolean => request.readUnder === under(formIn(request), request)
  return {
    of: (wish, profile) => under(formOf(profile), wish),
    differs: (request, profile) => vouchesFor(request) && formIn(request) !== formOf(profile),
    vouchesFor,
  }
}
