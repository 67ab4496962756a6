import { HIDDEN } from '@scel/contract/letters'
import type { MachineFacts } from '@scel/contract/values'
import type { AskSystem } from './ask-system.ts'
import { builtInAddresses } from './fingerprint.ts'
import type { NetworkCard } from './machine.ts'

/** The facts told to the desk, each one line within the contract's limits. */
export function makeFacts(
  ask: AskSystem,
  cards: readonly NetworkCard[],
  platform: Pick<MachineFacts, 'processorId' | 'operatingSystem' | 'operatingSystemVersion'>,
): MachineFacts {
  return {
    hostName: oneLine(ask.os.hostname(), 255),
    macAddresses: builtInAddresses(cards).slice(0, 16),
    processor: oneLine(ask.os.processor(), 200),
    processorId: oneLine(platform.processorId, 200),
    operatingSystem: oneLine(platform.operatingSystem, 200),
    operatingSystemVersion: oneLine(platform.operatingSystemVersion, 200),
    architecture: oneLine(ask.os.machine(), 50),
  }
}

const oneLine = (text: string, most: number): string => text.replace(UNSEEN, ' ').trim().slice(0, most)

// A name that the system gives may hold anything; the desk takes none of these.
const UNSEEN = new RegExp(`[${HIDDEN}]`, 'gu')
