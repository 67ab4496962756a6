import type { AskSystem } from './ask-system.ts'
import { makeFacts } from './facts.ts'
import type { Machine, NetworkCard } from './machine.ts'

export async function windowsMachine(ask: AskSystem): Promise<Machine> {
  const [registry, script] = await Promise.all([
    ask.output('reg.exe', 'query', 'HKLM\\SOFTWARE\\Microsoft\\Cryptography', '/v', 'MachineGuid', '/reg:64'),
    ask.output('powershell.exe', '-NoProfile', '-NonInteractive', '-Command', SCRIPT),
  ])
  const system = /MachineGuid\s+REG_SZ\s+(\S+)/.exec(registry ?? '')?.[1]
  const { processorId, caption, version, cards } = windowsAnswer(script ?? '')
  return {
    facts: makeFacts(ask, cards, {
      processorId,
      operatingSystem: caption || 'Windows',
      operatingSystemVersion: version || ask.os.release(),
    }),
    identity: { ...(system ? { system } : {}), ...(processorId ? { processor: processorId } : {}), cards },
  }
}

interface WindowsAnswer {
  readonly processorId: string
  readonly caption: string
  readonly version: string
  readonly cards: NetworkCard[]
}

/** Reads what the script printed. Cards behind USB (tethered telephones, docks) come and go. */
function windowsAnswer(json: string): WindowsAnswer {
  let answer: Record<string, unknown> = {}
  try {
    answer = JSON.parse(json) as Record<string, unknown>
  } catch {
    // no PowerShell, or a policy against it: the registry has to do
  }
  const text = (value: unknown): string => (typeof value === 'string' ? value.trim() : '')
  const cards = (Array.isArray(answer.cards) ? answer.cards : []) as Record<string, unknown>[]
  return {
    processorId: text(answer.processor),
    caption: text(answer.caption),
    version: text(answer.version),
    cards: cards.flatMap((card) => {
      const hex = text(card.PermanentAddress).replace(/[^0-9a-f]/gi, '')
      if (hex.length !== 12) return []
      const permanentAddress = (hex.match(/../g) ?? []).join(':').toLowerCase()
      return [{ name: text(card.Name), permanentAddress, builtIn: !/^USB\\/i.test(text(card.PnPDeviceID)) }]
    }),
  }
}

// CIM and not wmic, which recent Windows no longer has.
const SCRIPT = [
  '$os = Get-CimInstance Win32_OperatingSystem',
  '$cards = @(Get-NetAdapter -Physical -IncludeHidden | Select-Object Name, PermanentAddress, PnPDeviceID)',
  '[pscustomobject]@{ processor = (Get-CimInstance Win32_Processor | Select-Object -First 1).ProcessorId;',
  ' caption = $os.Caption; version = $os.Version; cards = $cards } | ConvertTo-Json -Depth 3 -Compress',
].join('\n')
