import type { DeliveryChannel } from '@scel/contract/values'
import type { ChannelRules } from './channel.ts'
import { webhookRules } from './webhook-rules.ts'

/** The ways by which somebody outside is told of what happened. */
export const CHANNELS: Readonly<Record<DeliveryChannel, ChannelRules>> = { webhook: webhookRules }
