"""Cuts a font to the letters of the preview cards and writes their outlines.

make.py FONT.ttc card.bin

The form, before it is packed by Zstandard (read by src/formats/card/font.rs):

    8 bytes       "glyphs1\n"
    number        units of an em
    number        how many letters
    three columns, a number for each letter, in the order of the letters' code points:
                  code point less that of the letter before; advance; bytes of its outline
    number        how many pairs are moved closer or apart (kerning)
    three columns for these: left code point less that of the pair before; right code point;
                  by how much, signed
    outlines, one after the other

An outline is a row of steps, each a byte and then signed numbers: 1 move (dx dy), 2 line (dx dy),
3 curve (dx dy three times), 4 line down or up (dy), 5 line across (dx), 6 curve that begins
upright and ends level (dy, dx dy, dx), 7 curve that begins level and ends upright (dx, dx dy, dy).
A contour closes itself. A number is as in LEB128. A signed one is first made 2n, or -2n-1 below
zero; below 224 that is a byte, else what is over 224 are two, the higher with 224 added.
"""
import sys

import zstandard
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTCollection

# What stands in Korean headlines: countries, parties and offices, names, numbers, measures of
# praise and blame. Others become 〓, as in print.
HANJA = (
    "美中日北南韓朝鮮露俄獨英佛伊西葡蘭濠加印越泰比馬臺灣香港蒙緬土希瑞墺波洪牙歐亞阿非洲東西南北半島"
    "與野黨政府國會大統領靑瓦臺檢警軍法院裁判憲訴訟搜査公正義士官長次首相總理部處廳局課委員團體組合勞使"
    "尹李朴金崔鄭姜趙張林韓吳徐申權黃安宋柳洪全高文梁孫裵裴曺許白南沈盧魯河郭成車朱禹具羅陳嚴元蔡千方楊孔"
    "廉卞呂秦閔劉兪俞池咸片印邊邢昔魏奉丁玄都石蘇馬皮賈牟慎愼宣薛魚睦琴奇秋史玉龍"
    "男女老少父母子息夫婦妻兄弟姊妹孫親族家人民百姓市道郡區邑面里洞村城山江川海洋水火木金土月日年春夏秋冬"
    "一二三四五六七八九十百千萬億兆零半第初再終末前後左右上下內外間中央最高低新舊古今昔明夜朝夕晝時分秒"
    "對反親從抗逆順利害得失勝敗強弱弱攻防守備戰爭平和核彈武器砲艦機空陸海兵士官將校帥軍團師旅統帥權"
    "經濟財産業商工農漁林貿易輸出入關稅金利率株價債券銀行貨幣富貧貸借損益收支費用賣買增減急落騰高低低調好況不"
    "學校敎育師生徒卒入試驗硏究科技術醫藥病院患者癌菌疫苗死亡生命故訃告弔葬殺傷害犯罪刑罰囚監獄"
    "言論報道紙誌記者社說主張批判非難責任辭退任命免職選擧投票當落候補公約改革革命保守進步左派右派中道"
    "自由民主共和正義平等人權獨立光復統一分斷離散歷史傳統文化藝術音樂映畫演劇書冊詩小說家作曲舞"
    "眞假虛實善惡美醜是非可否有無多少大小長短輕重遠近深淺廣狹厚薄新舊老若男女黑白赤靑綠紫"
    "發表現實行動開始終了成功失敗決定合意協力約束違反變化增加減少上昇下落參加不參出席缺席"
    "感動喜怒哀樂愛憎恨悲痛恐怖不安希望絶望信賴疑惑祕密眞相暴露告白謝過容恕和解葛藤對立妥協"
    "外交通商特別檢討案件法案豫算稅制年金保險福祉勤勞賃金時給最低非正規職場雇用失業住宅不動産土地建物"
    "氣候溫暖化環境汚染災難地震颱風洪水旱魃火災事故安全原電力油價資源綠色電氣車半導體情報通信人工知能"
    "前職現職元老代行兼任常任顧問諮問會談頂上首腦訪美訪中訪日訪韓親書特使使節大使領事館駐在武官"
    "錄取訊問起訴拘束令狀請求棄却認容抗訴上告宣告執行猶豫無罪有罪懲役罰金赦免復權特檢彈劾罷免審判"
    "必要十分充分過多不足完全無缺唯一最初最後最新最大最小超强硬軟柔順純粹雜多數少數"
    "春秋戰國漢唐宋元明淸高麗百濟新羅伽倻渤海朝鮮王朝皇帝天皇王妃世宗李舜臣安重根金九尹奉吉"
    "鳥獸魚蟲犬猫牛馬羊豚鷄虎龍蛇鼠兎猿花草樹木竹松梅蘭菊米麥豆茶酒肉食飮料理"
    "心身體頭目口鼻耳手足骨血肉皮毛腦肝肺胃腸眼齒舌聲色香味觸思念想意志性情理氣精神靈魂"
    "的之也者其何如而以於所爲此彼我汝吾君臣不亦無勿莫乃卽及與且又尙猶旣已未"
    "曰若云謂言語文字句節章篇題名號稱呼註釋解答問疑論議說明證據例外原則基準條件資格"
    "式典禮節祭祝賀慶弔歲拜孝忠仁義禮智信勇德道理法則運命福祿壽喜祥吉凶禍"
    "岸田菅安倍晉晋三麻太郎森喜朗野佳彦鳩由紀茂石破高市早苗習近平錦濤胡澤毛薄凱厲强趙樂際"
    "東京阪神戶橫濱名古屋札幌福岡廣沖繩島竹獨岩手宮城釜蔚仁川光州釜山大邱蔚山全羅慶尙忠淸京畿江原濟州"
    "檀君弘益太極旗無窮花愛歌大韓帝國臨時政府義兵獨立軍親日派慰安婦徵用强制動員賠償謝罪靖國神社敎科書歪曲"
)

RANGES = [
    (0x20, 0x7E), (0xA0, 0x17F), (0x192, 0x192), (0x1CD, 0x1DC), (0x218, 0x21B), (0x1E00, 0x1EFF),
    (0x2C6, 0x2C7), (0x2D8, 0x2DD), (0x391, 0x3C9), (0x401, 0x451),
    (0x2010, 0x2027), (0x2030, 0x205E), (0x2070, 0x208E), (0x20A9, 0x20AC), (0x2103, 0x2126), (0x2153, 0x215E), (0x2160, 0x2169),
    (0x2190, 0x2199), (0x21D0, 0x21D4), (0x2200, 0x2265), (0x2282, 0x2287), (0x2312, 0x2312), (0x2460, 0x2473),
    (0x25A0, 0x25EF), (0x2600, 0x266F), (0x2713, 0x2713), (0x2756, 0x2756), (0x3000, 0x301D),
    (0x3041, 0x30FF), (0x3131, 0x318E), (0x321C, 0x321C), (0x3231, 0x3231), (0x3380, 0x33DD), (0xAC00, 0xD7A3),
]  # fmt: skip


def wanted():
    return {c for first, last in RANGES for c in range(first, last + 1)} | {ord(c) for c in HANJA}


def number(out, n):
    while n >= 128:
        out.append(n & 127 | 128)
        n >>= 7
    out.append(n)


def signed(out, n):
    n = 2 * n if n >= 0 else -2 * n - 1
    if n < 224:
        out.append(n)
    else:
        out += bytes([224 + (n - 224 >> 8), n - 224 & 255])


def outline(glyphs, name):
    pen = DecomposingRecordingPen(glyphs)
    glyphs[name].draw(pen)
    out, x, y = bytearray(), 0, 0
    for step, points in pen.value:
        deltas = []
        for px, py in points:
            deltas.append((round(px) - x, round(py) - y))
            x, y = round(px), round(py)
        flat = [n for delta in deltas for n in delta]
        if step in ("closePath", "endPath"):
            continue
        if step == "moveTo":
            out.append(1)
        elif step == "lineTo" and flat[0] == 0:
            out.append(4)
            flat = flat[1:]
        elif step == "lineTo" and flat[1] == 0:
            out.append(5)
            flat = flat[:1]
        elif step == "lineTo":
            out.append(2)
        elif step == "curveTo" and flat[0] == 0 and flat[5] == 0:
            out.append(6)
            flat = flat[1:5]
        elif step == "curveTo" and flat[1] == 0 and flat[4] == 0:
            out.append(7)
            flat = [flat[0], *flat[2:4], flat[5]]
        elif step == "curveTo":
            out.append(3)
        else:
            raise SystemExit(f"{name}: a step {step}")
        for n in flat:
            signed(out, n)
    return bytes(out)


def kerning(font, names):
    """The pairs of Latin letters that the font moves: {(left, right): units}."""
    gpos = font["GPOS"].table
    lookups = set()
    for record in gpos.FeatureList.FeatureRecord:
        if record.FeatureTag == "kern":
            lookups.update(record.Feature.LookupListIndex)
    latin = [chr(c) for c in range(0x21, 0x7F)] + list("‘’“”…–—")
    latin = [c for c in latin if c in names]
    pairs = {}
    for index in sorted(lookups):
        for table in gpos.LookupList.Lookup[index].SubTable:
            table = getattr(table, "ExtSubTable", table)
            if table.LookupType != 2:
                continue
            for left in latin:
                if names[left] not in table.Coverage.glyphs:
                    continue
                for right in latin:
                    value = pair(table, names[left], names[right])
                    if value is not None:
                        pairs.setdefault((left, right), value)
    return {key: value for key, value in pairs.items() if value}


def pair(table, left, right):
    if table.Format == 1:
        records = table.PairSet[table.Coverage.glyphs.index(left)].PairValueRecord
        found = next((r.Value1 for r in records if r.SecondGlyph == right), None)
        return None if found is None else getattr(found, "XAdvance", 0)
    first = table.Class1Record[table.ClassDef1.classDefs.get(left, 0)]
    value = first.Class2Record[table.ClassDef2.classDefs.get(right, 0)].Value1
    return getattr(value, "XAdvance", 0) if value else 0


def alternate(font, feature, name):
    gsub = font["GSUB"].table
    for record in gsub.FeatureList.FeatureRecord:
        for index in record.Feature.LookupListIndex if record.FeatureTag == feature else []:
            for table in gsub.LookupList.Lookup[index].SubTable:
                table = getattr(table, "ExtSubTable", table)
                if name in table.mapping:
                    return table.mapping[name]
    raise SystemExit(f"{name} has no {feature}")


def main(source, target):
    fonts = TTCollection(source, lazy=True).fonts
    font = next(f for f in fonts if f["name"].getDebugName(4) == "Noto Serif CJK KR SemiBold")
    cmap, glyphs = font.getBestCmap(), font.getGlyphSet()
    # At rest on the line, as Korean and English want it today.
    cmap[0x2026] = alternate(font, "pwid", cmap[0x2026])
    chars = sorted(wanted() & set(cmap))
    names = {chr(c): cmap[c] for c in chars}
    outlines = [outline(glyphs, cmap[c]) for c in chars]
    pairs = sorted(kerning(font, names).items())

    out = bytearray(b"glyphs1\n")
    number(out, font["head"].unitsPerEm)
    number(out, len(chars))
    for before, char in zip([0, *chars], chars):
        number(out, char - before)
    for char in chars:
        number(out, round(font["hmtx"][cmap[char]][0]))
    for steps in outlines:
        number(out, len(steps))
    number(out, len(pairs))
    lefts = [ord(left) for (left, _), _ in pairs]
    for before, left in zip([0, *lefts], lefts):
        number(out, left - before)
    for (_, right), _ in pairs:
        number(out, ord(right))
    for _, value in pairs:
        signed(out, value)
    for steps in outlines:
        out += steps
    params = zstandard.ZstdCompressionParameters.from_level(
        22, source_size=len(out), write_checksum=True, write_content_size=True
    )
    packed = zstandard.ZstdCompressor(compression_params=params).compress(bytes(out))
    with open(target, "wb") as file:
        file.write(packed)
    print(f"{len(chars)} letters, {len(pairs)} pairs, {len(out)} bytes, {len(packed)} packed")


main(*sys.argv[1:])
