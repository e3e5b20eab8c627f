/** The part of an image that has `websocket`. */
import { websocketModule } from '../mod/websocket.js';
import type { RomPart } from '../rom/image.js';

export const part = (): RomPart => ({ name: 'websocket', modules: [websocketModule] });
