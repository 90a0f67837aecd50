// SHA-256 (FIPS 180-4) and what a ledger's proof is made of, without the browser's own: over plain http it has none.

const K = new Uint32Array(64);
const START = new Uint32Array(8);

// The constants are the first bits of the fractions of cube and square roots of the first primes.
(function fill() {
  const fraction = (root) => Math.floor((root - Math.floor(root)) * 0x100000000);
  for (let candidate = 2, found = 0; found < 64; candidate += 1) {
    let prime = true;
    for (let factor = 2; factor * factor <= candidate; factor += 1) if (candidate % factor === 0) prime = false;
    if (!prime) continue;
    if (found < 8) START[found] = fraction(Math.sqrt(candidate));
    K[found] = fraction(Math.cbrt(candidate));
    found += 1;
  }
})();

const turned = (word, by) => (word >>> by) | (word << (32 - by));

export function sha256(bytes) {
  const blocks = Math.ceil((bytes.length + 9) / 64);
  const padded = new Uint8Array(blocks * 64);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 8, Math.floor(bytes.length / 0x20000000));
  view.setUint32(padded.length - 4, (bytes.length * 8) >>> 0);
  const state = START.slice();
  const w = new Uint32Array(64);
  for (let block = 0; block < blocks; block += 1) {
    for (let t = 0; t < 16; t += 1) w[t] = view.getUint32(block * 64 + t * 4);
    for (let t = 16; t < 64; t += 1) {
      const low = turned(w[t - 15], 7) ^ turned(w[t - 15], 18) ^ (w[t - 15] >>> 3);
      const high = turned(w[t - 2], 17) ^ turned(w[t - 2], 19) ^ (w[t - 2] >>> 10);
      w[t] = w[t - 16] + low + w[t - 7] + high;
    }
    let [a, b, c, d, e, f, g, h] = state;
    for (let t = 0; t < 64; t += 1) {
      const sums = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25);
      const one = (h + sums + ((e & f) ^ (~e & g)) + K[t] + w[t]) | 0;
      const others = turned(a, 2) ^ turned(a, 13) ^ turned(a, 22);
      const two = (others + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
    }
    [a, b, c, d, e, f, g, h].forEach((word, place) => {
      state[place] += word;
    });
  }
  const digest = new Uint8Array(32);
  const out = new DataView(digest.buffer);
  state.forEach((word, place) => out.setUint32(place * 4, word));
  return digest;
}

export function hex(bytes) {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

export function fromHex(text) {
  const bytes = new Uint8Array(text.length / 2);
  for (let place = 0; place < bytes.length; place += 1) bytes[place] = parseInt(text.slice(place * 2, place * 2 + 2), 16);
  return bytes;
}

export function utf8(text) {
  return new TextEncoder().encode(text);
}

export function joined(...parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let place = 0;
  for (const part of parts) {
    whole.set(part, place);
    place += part.length;
  }
  return whole;
}

const first = (byte) => new Uint8Array([byte]);

export const leafHash = (entry) => sha256(joined(first(0), entry));
export const commitment = (salt, words) => sha256(joined(first(2), salt, words));
export const anchorDigest = (content) => sha256(utf8(`pointsbank-anchor-v1\n${content}`));

// The root that an audit path leads to; null where the path has not the right length (RFC 9162, 2.1.3.2).
export function rootOfPath(leaf, index, size, path) {
  let place = index;
  let last = size - 1;
  let node = leaf;
  for (const beside of path) {
    if (last === 0) return null;
    if (place % 2 || place === last) {
      node = sha256(joined(first(1), beside, node));
      while (place % 2 === 0 && place) {
        place = Math.floor(place / 2);
        last = Math.floor(last / 2);
      }
    } else {
      node = sha256(joined(first(1), node, beside));
    }
    place = Math.floor(place / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 ? node : null;
}

// A digest as a number modulo 10^30, in thirty digits: six groups of five, counted byte by byte.
export function thirtyDigits(digest) {
  const groups = [0, 0, 0, 0, 0, 0];
  for (const byte of digest) {
    let carry = byte;
    for (let place = 5; place >= 0; place -= 1) {
      const value = groups[place] * 256 + carry;
      groups[place] = value % 100000;
      carry = Math.floor(value / 100000);
    }
  }
  return groups.map((group) => String(group).padStart(5, "0")).join("");
}

export function typedDigits(text) {
  const wide = text.replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0));
  const plain = wide.replace(/[\s-]/g, "");
  return /^[0-9]{30}$/.test(plain) ? plain : null;
}
