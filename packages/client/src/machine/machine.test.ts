import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AskSystem } from './ask-system.ts'
import { machineName } from './fingerprint.ts'
import { linuxMachine, processorId } from './linux.ts'
import { macosCards, macosMachine } from './macos.ts'
import { windowsMachine } from './windows.ts'

const WIRED = '00:1b:21:aa:bb:cc'
const WIRELESS = '8c:16:45:01:02:03'

interface Card {
  readonly address: string
  readonly assigned?: string
  readonly bus?: string
  readonly type?: string
  readonly permaddr?: string
}

/** A Linux laptop; `cards` says which interfaces are there and what they show. */
function laptop(cards: Record<string, Card>, files: Record<string, string> = {}): AskSystem {
  const all: Record<string, string> = {
    '/etc/machine-id': '3d1219c7c4c5404aaa1f6d2a48adfda4',
    '/proc/cpuinfo':
      'processor\t: 0\nvendor_id\t: GenuineIntel\nmodel\t\t: 167\nmicrocode\t: 0x57\ncpu MHz\t: 800\n\nprocessor: 1',
    '/etc/os-release': 'NAME="Debian GNU/Linux"\nVERSION="13 (trixie)"\n',
    ...files,
  }
  const links: Record<string, string> = {}
  for (const [name, { address, assigned = '0', bus, type = '1' }] of Object.entries(cards)) {
    const folder = `/sys/class/net/${name}`
    Object.assign(all, {
      [`${folder}/address`]: address,
      [`${folder}/addr_assign_type`]: assigned,
      [`${folder}/type`]: type,
    })
    if (bus) Object.assign(links, { [`${folder}/device`]: '../x', [`${folder}/device/subsystem`]: `../../bus/${bus}` })
  }
  const shown = Object.entries(cards).map(([ifname, { permaddr }]) => ({ ifname, ...(permaddr ? { permaddr } : {}) }))
  return {
    file: async (path) => all[path],
    link: async (path) => links[path],
    names: async (path) => (path === '/sys/class/net' ? Object.keys(cards).reverse() : []),
    output: async (program) => (program === '/usr/sbin/ip' ? JSON.stringify(shown) : undefined),
    os: {
      hostname: () => 'poste-12',
      type: () => 'Linux',
      release: () => '6.12.0',
      machine: () => 'x86_64',
      processor: () => 'Intel(R) Core(TM)',
    },
  }
}

const nameOf = async (ask: AskSystem): Promise<string> => machineName((await linuxMachine(ask)).identity)
const cards = { eth0: { address: WIRED, bus: 'pci' }, wlan0: { address: WIRELESS, bus: 'pci' } }

test('the name is ws- and 26 characters of base32, and stays what it was', async () => {
  assert.equal(await nameOf(laptop(cards)), 'ws-bm4b2ciiqn7h3byziluvdemhtp')
})

test('docker, bridges, tunnels, tethered telephones and docks do not change the name', async () => {
  const more = {
    ...cards,
    docker0: { address: '02:42:0c:00:00:01' },
    veth1: { address: 'a6:00:00:00:00:01', assigned: '1' },
    usb0: { address: '00:1b:21:00:00:09', bus: 'usb' },
    tun0: { address: '', type: '65534' },
    lo: { address: '00:00:00:00:00:00', type: '772' },
  }
  assert.equal(await nameOf(laptop(more)), await nameOf(laptop(cards)))
})

test('a wireless card that shows a random address counts by its permanent one', async () => {
  const roaming = { ...cards, wlan0: { address: '5e:77:12:9a:00:41', assigned: '3', bus: 'pci', permaddr: WIRELESS } }
  assert.equal(await nameOf(laptop(roaming)), await nameOf(laptop(cards)))
})

test('what only root may read does not change the name', async () => {
  const asRoot = laptop(cards, { '/sys/class/dmi/id/product_uuid': '4c4c4544-0042-3510-8052-b4c04f4d3732' })
  assert.equal(await nameOf(asRoot), await nameOf(laptop(cards)))
})

test('another machine has another name', async () => {
  const others = [
    laptop(cards, { '/etc/machine-id': '00000000000000000000000000000001' }),
    laptop({ ...cards, eth0: { address: '00:1b:21:aa:bb:cd', bus: 'pci' } }),
  ]
  const names = new Set(await Promise.all([laptop(cards), ...others].map(nameOf)))
  assert.equal(names.size, 3)
})

test('a machine with nothing to be recognised by is refused', async () => {
  await assert.rejects(nameOf(laptop({}, { '/etc/machine-id': '' })), { code: 'machine_unrecognisable' })
})

test('the facts name the cards that are part of the machine, and the processor without what varies', async () => {
  const { facts } = await linuxMachine(laptop(cards))
  assert.deepEqual(facts, {
    hostName: 'poste-12',
    macAddresses: [WIRED, WIRELESS],
    processor: 'Intel(R) Core(TM)',
    processorId: 'GenuineIntel 167',
    operatingSystem: 'Debian GNU/Linux',
    operatingSystemVersion: '13 (trixie), 6.12.0',
    architecture: 'x86_64',
  })
  assert.equal(processorId(''), '')
})

test('macOS: built-in ports count, USB and Thunderbolt adapters do not', async () => {
  const listing = [
    'Hardware Port: Ethernet\nDevice: en1\nEthernet Address: AC:DE:48:00:11:22',
    'Hardware Port: Wi-Fi\nDevice: en0\nEthernet Address: f0:18:98:00:00:01',
    'Hardware Port: USB 10/100/1000 LAN\nDevice: en7\nEthernet Address: 00:e0:4c:00:00:02',
    'Hardware Port: Thunderbolt Bridge\nDevice: bridge0\nEthernet Address: 82:00:00:00:00:01',
  ].join('\n\n')
  const builtIn = macosCards(listing).flatMap((card) => (card.builtIn ? [card.permanentAddress] : []))
  assert.deepEqual(builtIn, ['ac:de:48:00:11:22', 'f0:18:98:00:00:01'])
  const answers: Record<string, string> = {
    '/usr/sbin/ioreg': '  "IOPlatformUUID" = "8A7D4E2C-0000-1111-2222-333344445555"\n',
    '/usr/sbin/sysctl': 'Apple M3\n',
    '/usr/bin/sw_vers': '26.1\n',
    '/usr/sbin/networksetup': listing,
  }
  const { facts, identity } = await macosMachine({ ...laptop({}), output: async (program) => answers[program] })
  assert.deepEqual(
    [facts.operatingSystem, facts.operatingSystemVersion, facts.processorId],
    ['macOS', '26.1', 'Apple M3'],
  )
  assert.equal(identity.system, '8A7D4E2C-0000-1111-2222-333344445555')
})

test('Windows: registry and PowerShell answer, and the registry alone has to do without PowerShell', async () => {
  const answer = {
    processor: 'BFEBFBFF000906EA',
    caption: 'Microsoft Windows 11 Professionnel',
    version: '10.0.26100',
    cards: [
      { Name: 'Ethernet', PermanentAddress: '001B21AABBCC', PnPDeviceID: 'PCI\\VEN_8086' },
      { Name: 'Ethernet 2', PermanentAddress: '00E04C000002', PnPDeviceID: 'USB\\VID_0BDA' },
    ],
  }
  const registry = '    MachineGuid    REG_SZ    d5b7a0f2-0000-4c6e-9a59-111122223333\r\n'
  const ask = (powershell: boolean): AskSystem => ({
    ...laptop({}),
    output: async (program) => (program === 'reg.exe' ? registry : powershell ? JSON.stringify(answer) : undefined),
  })
  const { facts, identity } = await windowsMachine(ask(true))
  assert.deepEqual(facts.macAddresses, [WIRED])
  assert.equal(facts.operatingSystem, 'Microsoft Windows 11 Professionnel')
  assert.equal(identity.processor, 'BFEBFBFF000906EA')
  assert.equal((await windowsMachine(ask(false))).identity.system, 'd5b7a0f2-0000-4c6e-9a59-111122223333')
})
