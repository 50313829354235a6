/** A slice by its name; none where a tool names no value. */
export function sliceOf(slice: string, value: string | null | undefined): Record<string, string> {
  return value == null || value === '' ? {} : { [slice]: value.slice(0, 512) };
}
