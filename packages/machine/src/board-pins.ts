/** Names of a board's pins. Counterpart: ports/rp2/boards/RPI_PICO_W/pins.csv and rp2040_af.csv. */

/** Pins of the RP2040. */
export const GPIO_COUNT = 30;
/** Pins of the radio chip on the Pico W. */
export const EXT_COUNT = 3;

/** Name of a pin by its number; pins from {@link GPIO_COUNT} on are the radio chip's. */
export function pinName(id: number): string {
  return id < GPIO_COUNT ? `GPIO${id}` : `EXT_GPIO${id - GPIO_COUNT}`;
}

/** Names that the board gives to pins, in the order of its table. */
export const BOARD_PINS: readonly (readonly [string, number])[] = [
  ...Array.from({ length: GPIO_COUNT }, (_, i): [string, number] => [`GP${i}`, i]).filter(
    ([, i]) => i <= 22 || (i >= 26 && i <= 28),
  ),
  ['WL_GPIO0', GPIO_COUNT],
  ['WL_GPIO1', GPIO_COUNT + 1],
  ['WL_GPIO2', GPIO_COUNT + 2],
  ['LED', GPIO_COUNT],
];

/** What a pin is called in reports: the board's last name for it, or the chip's. */
export function pinLabel(id: number): string {
  return [...BOARD_PINS].reverse().find(([, n]) => n === id)?.[0] ?? pinName(id);
}

/** Number of a pin by any of its names, or undefined. */
export function pinNumber(name: string): number | undefined {
  const board = BOARD_PINS.find(([n]) => n === name);
  if (board !== undefined) return board[1];
  for (let id = 0; id < GPIO_COUNT + EXT_COUNT; id++) if (pinName(id) === name) return id;
  return undefined;
}

const SPI = ['RX', 'CS', 'SCK', 'TX'];
const UART = ['TX', 'RX', 'CTS', 'RTS'];
const USB = ['OVCUR_DET', 'VBUS_DET', 'VBUS_EN'];
const GPCK: Readonly<Record<number, string>> = {
  20: 'GPIN0',
  21: 'GPOUT0',
  22: 'GPIN1',
  23: 'GPOUT1',
  24: 'GPOUT2',
  25: 'GPOUT3',
};
/** UART of each group of four pins. */
const UART_OF = [0, 1, 1, 0, 0, 1, 1, 0];

/** Name of a pin's alternate function, or undefined when it has none of that number. */
export function altName(id: number, func: number): string | undefined {
  switch (func) {
    case 1:
      return `SPI${(id >> 3) & 1}_${SPI[id & 3]}`;
    case 2:
      return `UART${UART_OF[id >> 2]}_${UART[id & 3]}`;
    case 3:
      return `I2C${(id >> 1) & 1}_${(id & 1) === 0 ? 'SDA' : 'SCL'}`;
    case 4:
      return `PWM${(id >> 1) & 7}_${(id & 1) === 0 ? 'A' : 'B'}`;
    case 5:
      return 'SIO';
    case 6:
      return 'PIO0';
    case 7:
      return 'PIO1';
    case 8:
      return GPCK[id] === undefined ? undefined : `GPCK_${GPCK[id]}`;
    case 9:
      return `USB_${USB[id % 3]}`;
    default:
      return undefined;
  }
}
