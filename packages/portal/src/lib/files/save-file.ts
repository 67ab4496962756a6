/** Offers bytes or text as a download. Nothing leaves the page. */
export const saveFile = (name: string, content: Uint8Array | string, type: string): void =>
  saveBlob(name, new Blob([content as BlobPart], { type }))

/** The same for what the browser holds already, in memory or on its disk. */
export function saveBlob(name: string, blob: Blob): void {
  const address = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  document.body.append(link)
  link.click()
  link.remove()
  // The browser reads the blob after the click; a minute is ample and frees a private key's bytes soon.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}

/** A file name that every system takes. */
export function fileNameOf(text: string): string {
  const plain = text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '')
  return plain.slice(0, 80) || 'file'
}
