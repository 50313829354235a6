/** What a judge read first, and which of its samples it is, where an export wrote that behind its name. */
export const ORDER_BEHIND_NAME = /^(.+)@(a_first|b_first|both|unknown)(?:#(\d{1,4}))?$/su;
