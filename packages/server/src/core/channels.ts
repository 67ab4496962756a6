import type { Channels } from './deliveries/channel.ts'
import { WEBHOOK_RULES } from './deliveries/webhook-rules.ts'

/** Every way by which somebody outside is told of what happens, with its rules. */
export const CHANNELS: Channels = { webhook: WEBHOOK_RULES }
