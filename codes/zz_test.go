package codes
import "testing"
var ss = []string{
	"550 5.7.1 Our system has detected that this message is likely unsolicited mail. To reduce the amount of spam sent to Gmail, this message has been blocked.",
	"550 5.1.1 <someone@example.com>: Recipient address rejected: User unknown in virtual mailbox table; see https://mail.example.com/postmaster/errors.html",
	"554 5.7.1 Service unavailable; Client host [192.0.2.25] blocked using zen.spamhaus.org; https://www.spamhaus.org/query/ip/192.0.2.25 for more info",
	"452 4.2.2 The email account that you tried to reach is over quota. Please direct the recipient to https://support.google.com/mail/?p=OverQuotaTemp x",
	"421 4.7.0 [TSS04] Messages from 192.0.2.25 temporarily deferred due to unexpected volume or user complaints - 4.16.55.1; see https://example.com/codes",
	"550 5.4.1 Recipient address rejected: Access denied. [AM0EUR02FT042.eop-EUR02.prod.protection.outlook.com 2026-11-01T10:00:00.000Z 08DE000000000000]",
	"451 4.7.1 <mx.example.net[192.0.2.25]>: Client host rejected: Greylisting in action, please try again in 5 minutes, see https://example.org/greylisting",
	"553 5.3.0 <someone@example.com>... Mail from 192.0.2.25 was refused by the administrator of this host, who can be reached at postmaster@example.com ok",
	"550 5.7.1 Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut labore et dolore magna aliqua. Ut enim ad minim.",
	"554 5.0.0 Quis nostrud exercitation ullamco laboris nisi ut aliquip ex ea commodo consequat. Duis aute irure dolor in reprehenderit in voluptate velit..",
	"451 4.0.0 Excepteur sint occaecat cupidatat non proident, sunt in culpa qui officia deserunt mollit anim id est laborum. Sed ut perspiciatis unde omnis",
}
var sinkD Diagnosis
var sinkB bool
func BenchmarkZZ(b *testing.B){
 for _,s:=range ss { b.Run(s[:30],func(b *testing.B){ for b.Loop(){ sinkD=Classify(s)} })
   p:=Parse(s); q:=question{reply:p.Reply,enhanced:p.Enhanced}
   b.Run("  scan",func(b *testing.B){ for b.Loop(){ var f found; scan(s,&q,&f)} })
   b.Run("  parse",func(b *testing.B){ for b.Loop(){ Parse(s)} })
   b.Run("  folded",func(b *testing.B){ for b.Loop(){ sinkB=folded(s,&p)} })
   b.Run("  tokens",func(b *testing.B){ for b.Loop(){ var f found; tokens(s,p.Text,&q,&f)} })
 }
 b.Run("bytesum",func(b *testing.B){ n:=0; s:=ss[0]; for b.Loop(){ for i:=range len(s){ n+=int(s[i])} }; _=n })
}
func TestZZ(t *testing.T){
 for _,s:=range ss[:8] {
	t.Log(s)
	p:=Parse(s); q:=question{reply:p.Reply,enhanced:p.Enhanced}; var f found
	for i := 0; i+8 <= len(s); i += stride {
		w := (load64(s, i) | foldMask) & (1<<(8*window) - 1)
		h := w * hashMul
		if mayBegin(h) {
			tag := uint16(h >> (64 - slotBits - 16))
			for sl := h >> (64 - slotBits); ; sl++ { x:=&slots[sl&(1<<slotBits-1)]; if x.count==0 {break}; if x.tag!=tag { continue}
			for _,c:=range candidates[x.first:x.first+uint16(x.count)] {
			   begin:=i-int(c.offset); ch:=begin+int(c.at)
			   if begin<0||ch+4>len(s) || load32(s, ch)|foldMask&(1<<32-1) != c.check { continue }
			   pp:=&patterns[c.pattern]
			   w:=pp.wanted(&q,&f); m:=pp.matches(s,int(c.fragment),begin)
			   if w&&m { pp.found(&q,&f)}
			   t.Logf("   %q %s wanted %v matches %v: %s",s[i:i+6],wordTable[pp.rule].id,w,m, fragmentText[fragments[pp.first].at:][:fragments[pp.first].len])
			}
			break
			}
		}
	}
 }
}
