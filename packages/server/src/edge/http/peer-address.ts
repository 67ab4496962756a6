import type { FastifyRequest } from 'fastify'

/**
 * Where a call comes from: the address of the connection's other end. No header is believed, since anybody can write
 * one. A door that takes both families sees IPv4 peers as `::ffff:192.0.2.7`; they are shown as they are known.
 */
export const peerAddress = ({ ip }: Pick<FastifyRequest, 'ip'>): string => ip.replace(/^::ffff:(?=[0-9.]+$)/i, '')
