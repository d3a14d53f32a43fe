// Reads QR codes from the camera: by the browser where it can, else by a small decoder that lies on the phone as well.

const PAUSE = 180; // milliseconds between two looks
const WIDEST = 720; // pixels: more costs battery and reads no better

async function browsersOwn() {
  const kinds = await globalThis.BarcodeDetector?.getSupportedFormats?.().catch(() => []);
  if (!kinds?.includes("qr_code")) return null;
  const detector = new BarcodeDetector({ formats: ["qr_code"] });
  return async (video) => (await detector.detect(video))[0]?.rawValue;
}

async function ours() {
  const { decode } = await import("./qr-decode.js");
  const canvas = document.createElement("canvas");
  const paper = canvas.getContext("2d", { willReadFrequently: true });
  return async (video) => {
    const scale = Math.min(1, WIDEST / video.videoWidth);
    canvas.width = Math.round(video.videoWidth * scale);
    canvas.height = Math.round(video.videoHeight * scale);
    paper.drawImage(video, 0, 0, canvas.width, canvas.height);
    try {
      return decode(paper.getImageData(0, 0, canvas.width, canvas.height));
    } catch {
      return undefined; // no code in this picture
    }
  };
}

// Shows the camera in the video element and calls found(text) for each code. Returns a function that stops it.
// Raises where there is no camera or the person said no.
export async function watch(video, found) {
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" }, audio: false });
  video.srcObject = stream;
  await video.play();
  const read = (await browsersOwn()) || (await ours());
  let stopped = false;
  const look = async () => {
    if (stopped) return;
    const text = video.videoWidth ? await read(video).catch(() => undefined) : undefined;
    if (text && !stopped) found(text);
    setTimeout(look, PAUSE);
  };
  look();
  return () => {
    stopped = true;
    for (const track of stream.getTracks()) track.stop();
    video.srcObject = null;
  };
}
