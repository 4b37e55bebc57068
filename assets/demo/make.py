"""Makes the demonstration recordings anew: python3 assets/demo/make.py (espeak-ng, sox, lame).

Every sentence is synthesised by itself and the pieces are joined, so that the times in the
.json files are exact.
"""
import array, json, os, subprocess, tempfile, wave

KO = [
 ["안녕하세요, 대본 읽는 시간입니다.", "오늘은 뉴스가 아니라, 뉴스를 읽는 방식 이야기를 해 보려고 합니다."],
 ["우리는 소식을 귀로 듣지만, 그 소식은 거의 언제나 글로 먼저 쓰입니다.", "방송국의 앵커도, 혼자 녹음하는 해설자도, 마이크 앞에 앉기 전에 대본을 씁니다."],
 ["그런데 방송이 끝나면 소리만 남고, 대본은 서랍으로 들어갑니다.", "듣는 사람은 다시 찾아볼 문장이 없고, 들을 수 없는 사람에게는 아무것도 남지 않습니다."],
 ["그래서 여기서는 글과 소리를 한 주소에 둡니다.", "지금 읽는 문장에 불이 들어오고, 문장을 누르면 그 자리부터 들립니다."],
 ["먼저 쓰고, 그다음에 말합니다.", "고맙습니다."],
]
EN = [
 ["Welcome.", "This is a short reading about reading aloud."],
 ["Most of what we hear on the news was written first.", "Someone chose the words, checked the facts, and only then turned on a microphone."],
 ["Usually the sound goes out, and the script stays behind.", "Here, both live at the same address."],
 ["As you listen, the sentence being read lights up.", "Touch a sentence, and the voice begins there."],
 ["Write first, then speak.", "Thank you for listening."],
]
SHORT = [["먼저 쓰고, 그다음에 말합니다.", "이 소리는 시험 삼아 만든 짧은 녹음입니다."]]
OUT = os.path.dirname(os.path.abspath(__file__))
WORK = tempfile.mkdtemp()
def run(*a): subprocess.run(a, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
def pcm(path):
    with wave.open(path) as w:
        assert w.getframerate()==22050 and w.getnchannels()==1 and w.getsampwidth()==2
        return w.readframes(w.getnframes())
def trim(raw):
    # silence of the synthesiser off both ends, so that the pauses are ours
    a = array.array('h', raw); t=150
    i = next((k for k,v in enumerate(a) if abs(v)>t), 0)
    j = next((k for k in range(len(a)-1,-1,-1) if abs(a[k])>t), len(a)-1)
    i=max(0,i-220); j=min(len(a),j+1100)
    return a[i:j].tobytes()
def make(name, paragraphs, voice, speed, pitch, title, kbps, script=True, lead=300):
    rate=22050; sil=lambda ms: b'\0\0'*(rate*ms//1000)
    data=sil(lead); times=[]
    for p,sentences in enumerate(paragraphs):
        for s,text in enumerate(sentences):
            run('espeak-ng','-v',voice,'-s',str(speed),'-p',str(pitch),'-g','2','-w',f'{WORK}/s.wav',text)
            raw=trim(pcm(f'{WORK}/s.wav'))
            start=len(data)//2
            data+=raw
            times.append({"text":text,"start_ms":round(start*1000/rate),"end_ms":round(len(data)//2*1000/rate)})
            data+=sil(650 if s+1==len(sentences) else 320)
    with wave.open(f'{WORK}/all.wav','w') as w:
        w.setnchannels(1); w.setsampwidth(2); w.setframerate(rate); w.writeframes(data)
    # a touch of warmth, less hiss, a small room; the length must not change
    run('sox',f'{WORK}/all.wav','-r','44100',f'{WORK}/warm.wav','gain','-6','bass','+3','180','treble','-5','5000','compand','0.02,0.15','6:-60,-50,-20,-14,-5','0','-90','0.05','reverb','12','40','30','gain','-n','-2','trim','0',f'{len(data)/2/rate:.4f}')
    run('lame','--quiet','--cbr','-b',str(kbps),'-m','m','--tt',title,'--ta','Daebon','--id3v2-only',f'{WORK}/warm.wav',f'{OUT}/{name}.mp3')
    if script:
        open(f'{OUT}/{name}.txt','w').write('\n\n'.join(' '.join(p) for p in paragraphs)+'\n')
        body=',\n'.join('  '+json.dumps(t,ensure_ascii=False) for t in times)
        open(f'{OUT}/{name}.json','w').write('[\n'+body+'\n]\n')
    print(name, times[-1]['end_ms'], os.path.getsize(f'{OUT}/{name}.mp3'))
make('ko-1',KO,'ko',180,38,'대본을 읽는다는 것',64)
make('en-1',EN,'en-gb',158,40,'On Reading Aloud',64)
make('short',SHORT,'ko',165,38,'짧은 녹음',32,script=False,lead=150)
