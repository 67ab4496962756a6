import { lookup } from 'node:dns'
import { BlockList, isIP, type LookupFunction } from 'node:net'
import { NotTaken } from '../core/deliveries/not-taken.ts'

// Which addresses of the network are everybody's: by the registries of special-purpose addresses (RFC 6890).

const CLOSED_V4: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
]
/** Parts of 2000::/3 that lead elsewhere: tunnels, benchmarks, documents. */
const CLOSED_V6: readonly (readonly [string, number])[] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
]

const closed = new BlockList()
for (const [net, prefix] of CLOSED_V4) closed.addSubnet(net, prefix, 'ipv4')
for (const [net, prefix] of CLOSED_V6) closed.addSubnet(net, prefix, 'ipv6')
const unicast = new BlockList()
unicast.addSubnet('2000::', 3, 'ipv6')

/** Whether an IP address is of the public network. */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 4) return !closed.check(address, 'ipv4')
  return isIP(address) === 6 && unicast.check(address, 'ipv6') && !closed.check(address, 'ipv6')
}

/** A lookup that answers addresses of the public network alone; a name that has any other has none. */
export const publicLookup: LookupFunction = (name, options, answer) => {
  lookup(name, { ...options, all: true }, (error, found) => {
    const other = found?.find(({ address }) => !isPublicAddress(address))
    if (error || found.length === 0) answer(error ?? new Error(`${name} has no address`), '')
    else if (other)
      answer(new NotTaken('forbidden', `${name} is ${other.address}, an address of a private network`), '')
    else if (options.all) answer(null, found)
    else answer(null, found[0]!.address, found[0]!.family)
  })
}
