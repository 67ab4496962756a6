// What a Linux machine is. Only what every user may read is used, so that the name is the same with and without sudo:
// /sys/class/dmi/id/product_uuid is root's alone and serves only where there is no machine id at all.

import type { AskSystem } from './ask-system.ts'
import { makeFacts } from './facts.ts'
import type { Machine, NetworkCard } from './machine.ts'

export async function linuxMachine(ask: AskSystem): Promise<Machine> {
  const [machineId, dbusId, cpuinfo, release] = await Promise.all([
    ask.file('/etc/machine-id'),
    ask.file('/var/lib/dbus/machine-id'),
    ask.file('/proc/cpuinfo'),
    ask.file('/etc/os-release'),
  ])
  const system = machineId || dbusId || (await ask.file('/sys/class/dmi/id/product_uuid'))
  const cards = await linuxCards(ask)
  const processor = processorId(cpuinfo ?? '')
  const named = osRelease(release ?? '')
  return {
    facts: makeFacts(ask, cards, {
      processorId: processor,
      operatingSystem: named.NAME || 'Linux',
      operatingSystemVersion: [named.VERSION || named.VERSION_ID, ask.os.release()].filter(Boolean).join(', '),
    }),
    identity: { ...(system ? { system } : {}), ...(processor ? { processor } : {}), cards },
  }
}

/**
 * The network cards. Virtual ones (bridges, tunnels, containers) have no device behind them; USB ones (tethered
 * telephones, docks) and removable ones come and go.
 */
async function linuxCards(ask: AskSystem): Promise<NetworkCard[]> {
  const shown = await shownByIp(ask)
  const cards: NetworkCard[] = []
  for (const name of [...(await ask.names('/sys/class/net'))].sort()) {
    const folder = `/sys/class/net/${name}`
    const [device, subsystem, type, address, assigned, removable] = await Promise.all([
      ask.link(`${folder}/device`),
      ask.link(`${folder}/device/subsystem`),
      ask.file(`${folder}/type`),
      ask.file(`${folder}/address`),
      ask.file(`${folder}/addr_assign_type`),
      ask.file(`${folder}/device/removable`),
    ])
    if (type !== ETHERNET || !address) continue
    const permanent = shown.get(name) ?? (assigned === PERMANENT ? address : undefined)
    if (permanent === undefined) continue // randomised or borrowed, and nobody knows the real one
    const fixed = device !== undefined && !subsystem?.endsWith('/usb') && removable !== 'removable'
    cards.push({ name, permanentAddress: permanent.toLowerCase(), builtIn: fixed })
  }
  return cards
}

/** `ip` knows the permanent address where the card shows another one (`permaddr`). */
async function shownByIp(ask: AskSystem): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  for (const program of ['/usr/sbin/ip', '/sbin/ip', '/usr/bin/ip', '/bin/ip']) {
    const output = await ask.output(program, '-json', 'link', 'show')
    if (output === undefined) continue
    try {
      const links = JSON.parse(output) as { ifname?: string; permaddr?: string }[]
      for (const { ifname, permaddr } of links) if (ifname && permaddr) found.set(ifname, permaddr)
    } catch {
      // an old `ip` without JSON: /sys has to do
    }
    return found
  }
  return found
}

/** The first processor of /proc/cpuinfo, without what an update or the load changes (microcode, MHz, flags). */
export function processorId(cpuinfo: string): string {
  const fields = new Map<string, string>()
  for (const line of cpuinfo.split('\n\n')[0]?.split('\n') ?? []) {
    const [name, value] = line.split(':').map((part) => part.trim())
    if (name && value && !fields.has(name)) fields.set(name, value)
  }
  return PROCESSOR_FIELDS.flatMap((name) => fields.get(name) ?? []).join(' ')
}

function osRelease(text: string): Record<string, string> {
  const fields: Record<string, string> = Object.create(null)
  for (const line of text.split('\n')) {
    const [, name, value] = /^([A-Z_]+)=(?:"(.*)"|'(.*)'|(.*))$/.exec(line) ?? []
    if (name) fields[name] = value ?? /=['"]?(.*?)['"]?$/.exec(line)?.[1] ?? ''
  }
  return fields
}

/** ARPHRD_ETHER of linux/if_arp.h; wireless cards are of this type too. */
const ETHERNET = '1'
/** NET_ADDR_PERM of linux/netdevice.h; the others are random, stolen and set. */
const PERMANENT = '0'
const PROCESSOR_FIELDS = [
  'vendor_id',
  'cpu family',
  'model',
  'stepping',
  'model name',
  'CPU implementer',
  'CPU part',
  'CPU revision',
  'Serial',
]
