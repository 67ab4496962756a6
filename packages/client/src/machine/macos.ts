import type { AskSystem } from './ask-system.ts'
import { makeFacts } from './facts.ts'
import type { Machine, NetworkCard } from './machine.ts'

export async function macosMachine(ask: AskSystem): Promise<Machine> {
  const [platform, brand, version, ports] = await Promise.all([
    ask.output('/usr/sbin/ioreg', '-rd1', '-c', 'IOPlatformExpertDevice'),
    ask.output('/usr/sbin/sysctl', '-n', 'machdep.cpu.brand_string'),
    ask.output('/usr/bin/sw_vers', '-productVersion'),
    ask.output('/usr/sbin/networksetup', '-listallhardwareports'),
  ])
  const cards = macosCards(ports ?? '')
  const system = /"IOPlatformUUID" = "([^"]+)"/.exec(platform ?? '')?.[1]
  const processor = brand?.trim()
  return {
    facts: makeFacts(ask, cards, {
      processorId: processor ?? '',
      operatingSystem: 'macOS',
      operatingSystemVersion: version?.trim() ?? ask.os.release(),
    }),
    identity: { ...(system ? { system } : {}), ...(processor ? { processor } : {}), cards },
  }
}

/**
 * `networksetup -listallhardwareports` gives the addresses that the cards were made with, also while Wi-Fi shows a
 * private one. USB and Thunderbolt adapters and the bridge come and go.
 */
export function macosCards(listing: string): NetworkCard[] {
  return listing.split(/\n\s*\n/).flatMap((block) => {
    const field = (name: string): string | undefined => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1]?.trim()
    const [port, device, address] = [field('Hardware Port'), field('Device'), field('Ethernet Address')]
    if (!port || !device || !address) return []
    const builtIn = /^(Wi-Fi|AirPort|Ethernet( \d+)?)$/.test(port)
    return [{ name: device, permanentAddress: address.toLowerCase(), builtIn }]
  })
}
