/** Values of `WLAN.status()`. Counterpart: CYW43_LINK_… of cyw43.h. */
export const LINK_DOWN = 0;
export const LINK_JOIN = 1;
export const LINK_NOIP = 2;
export const LINK_UP = 3;
export const LINK_FAIL = -1;
export const LINK_NONET = -2;
export const LINK_BADAUTH = -3;
