"""What the words of a dropped line say it is.

These are the words that turn up *in* lines of a kind, beside the whole phrases of ``everywhere.toml``. How stems are
written, :class:`~cleaner.judges.naming.lexicon.Lexicon` says.
"""

from __future__ import annotations

from cleaner.judges.naming.lexicon import Lexicon
from cleaner.labels import Label

WORDS = Lexicon(
    {
        Label.LEGAL: """
            ©, copyright*, opinions expressed, views expressed, views and opinions,
            all rights reserved, rights reserved, trademark*, disclaimer*, terms of use,
            terms of service, terms and conditions, terms conditions, terms apply, privacy terms, registered
            office, registered in, company number, press code, community rules, may not be reproduced, press
            complaints, privacy policy, privacy notice, privacy statement, privacy, imprint, license this,
            licensing, reprints, accessibility statement, the information this site contains, for
            informational purposes, does not constitute, affiliate links, affiliate commission, affiliate
            disclosure, editorial guidelines, code of conduct, ad policy, corrections policy, ethics policy,
            impressum*, datenschutz*, agb, nutzungsbedingung*, haftung*, nutzungsrechte, urheberrecht*,
            rechtliche hinweise, barrierefreiheit, aviso legal, privacidad, privacidade, condiciones de uso,
            términos y, derechos reservados, mentions légales, confidentialité, conditions générales,
            conditions d utilisation, droits réservés, note legali, informativa, diritti riservati,
            riproduzione riservata, termini e, termos de, direitos reservados, regulamin*, polityka
            prywatności, prawa zastrzeżone, privacybeleid, privacyverklaring, voorwaarden, rechten
            voorbehouden, gizlilik*, kullanım koşulları, персональн*, пользовательское соглашение, все права
            защищены, политика конфиденциальности, copyright ©, integritetspolicy, personvern*, persondata*,
            tietosuoja*, πνευματικά δικαιώματα, όροι χρήσης, 版权, 版權, 著作権, 隐私, 隱私, 免责, 免責,
            プライバシー, 利用規約, 転載, 转载, 轉載, 개인정보, 저작권, 이용약관, حقوق, الحقوق, الخصوصية, הזכויות שמורות, תנאי שימוש
        """,
        Label.CONSENT: """
            cookie*, gdpr, consent, einwillig*, consentement, consentimiento, consenso, zgoda na,
            toestemming, куки, файлы cookie, legitimate interest, クッキー, 同意する, çerez*
        """,
        Label.OTHER: """
            something went wrong, has been received, validation purposes, you are human, click to view image,
            strict standards, fatal error, powered by, hosted by, developed by, site by, web design by, website by, javascript, your
            browser, adblock*, ad blocker, captcha, recaptcha
        """,
        Label.COMMENTS: """
            comments, comment, commenting, commenters, kommentar*, comentario*, commentaire*, commenti,
            commento, comentário*, komentarz*, komentuj*, reacties, reageer*, yorum*, комментари*,
            коментар*, kommentit, kommentoi*, komentář*, responses, leave a reply, reply, replies, report
            this comment, comment no, your name, name required, your website, website url, your message,
            upvote*, downvote*, report abuse, trackback*, pingback*, logged in to post, verification code,
            your message will, cancel reply, antworten, responder, répondre, rispondi, odpowiedz, be the
            first to, thoughts on, readers comments, letter to the editor, σχόλι*, 评论, 評論, 留言, 网友, コメント, 댓글,
            تعليق*, التعليقات, תגובות
        """,
        Label.NEWSLETTER: """
            newsletter*, enews*, join our growing, join our thousands, our latest news,
            e news sign*, your inbox, email address, e mail address, mailing list,
            email alert*, get notified, via email, by email, unsubscribe*, sign up to receive, sign up now to receive, your email, email updates, sign
            me up, morning briefing, join our list, boletín*, boletim, lettre d information, infolettre,
            nieuwsbrief*, nyhetsbrev*, nyhedsbrev, newslettera, biuletyn*, uutiskirje*, рассылк*, розсилк*,
            e bülten, correo electrónico, adresse e mail, e mail adresse*, indirizzo email, メルマガ, メールマガジン,
            电子报, 電子報, 뉴스레터, النشرة
        """,
        Label.DONATION: """
            donate*, donation*, contribute now, support our journalism, support our work, support our, make
            a gift, patreon, give today, tax deductible, become a patron, buy me a coffee, buy us a coffee, crowdfund*,
            spende*, spenden*, unterstützen sie uns, unterstütze uns, dona, donar, donación*, doação*, doe
            agora, faire un don, faites un don, soutenez*, sostieni*, sostienici, donazion*, wesprzyj*,
            wspieraj*, darowizn*, doneer*, steun ons, пожертвова*, поддержать, підтрима*, bağış*, stöd oss,
            støtt*, 捐款, 捐赠, 寄付, 후원, تبرع
        """,
        Label.PAYWALL: """
            subscribe*, subscriber*, subscription*, sign in, signed in, log in, login, logout, log out,
            logged in, sign up, signup, sign out, register, registered, registration, my account, your
            account, create an account, create your, password, username, free trial, members only, member benefits,
            become a member, unlimited access, digital access, membership, e paper, epaper, unlock, abo,
            abos, abonn*, digitalabo, anmelden, registrier*, einlogg*, passwort, benutzername, mein konto,
            suscri*, suscríb*, iniciar sesión, regístr*, contraseña, connexion, mot de passe, s inscrire, identifiez*,
            compte, abbonat*, abbonament*, accedi, registrati, assine, assinante*, assinatura, cadastr*,
            entrar, senha, zaloguj*, zarejestruj*, subskry*, prenumerat*, hasło, konto, inloggen,
            wachtwoord, abonnement*, prenumerera*, logga in, logg inn, log ind, подпи*, войти, регистрац*,
            вход, пароль, підписа*, увійти, üye*, giriş*, tilaa, kirjaudu, předplat*, přihlásit, 登录, 登入, 注册,
            註冊, 订阅, 訂閱, 会员, 會員, ログイン, 会員, 購読, 로그인, 구독, 회원가입, تسجيل, اشترك
        """,
        Label.ADVERTISEMENT: """
            advertisement*, advertising, advertorial, sponsored*, sponsor*, paid content, paid post, brought
            to you by, ads by, on amazon, amazon price, with amazon, at amazon, from amazon, from best buy, from walmart, at walmart,
            check price, price check, bei amazon, best prices, view deal, see price, see at, promoted by,
            taboola, outbrain, zergnet, ad feedback, report this ad, skip ad, anzeige, werbung, publicidad,
            publicité, pubblicità, publicidade, reklam*, advertentie*, gesponser*, sponsorisé*,
            sponsorizzat*, patrocinad*, реклам*, annons*, annonse, mainos*, inzerce, διαφήμιση, 广告, 廣告, 広告,
            スポンサー, 광고, إعلان*
        """,
        Label.SHARE: """
            email this, e mail this, seite drucken, artikel drucken, printer friendly, print this, print article, share this, shares, stay
            connected, bookmark with, tell a friend, send to a friend, send this, like us, follow us, follow
            me, folge uns, folgen sie, teilen, teile, síguenos, compartir, compartilhe, suivez nous,
            partager, seguici, condividi, udostępnij, volg ons, deel, поделиться, подпишитесь, följ oss,
            dela, följ, paylaş, 分享, シェア, 공유, شارك
        """,
        Label.RELATED: """
            related, also read, read also, read more, read next, see also, you may also, you might also, you
            may like, you might like, might like, may like, may also like, recommended, recommend,
            recommends, more from, more on, more in, more news, more stories, more articles, more top, more
            great, more video*, more headlines, suggested, good articles, most read, most popular, most
            viewed, most emailed, most commented, most shared, e mailed, top stories, top news, latest news,
            latest reviews, latest from, latest stories, latest posts, latest articles, latest videos,
            recent posts, recent articles, recent stories, recent entries, popular posts, popular stories,
            popular articles, trending, editors picks, editor s picks, editor s choice, don t miss, must
            read, must reads, previous post, next post, previous article, next article, previous story, next
            story, next in, in this series, from the web, around the web, all posts, all articles, full
            story, read the full, read full, read our, read article*, continue reading, view all, see all,
            view more, see more, show more, load more, full coverage, similar posts, articles you, other
            stories, other articles, other posts, keep reading, up next, headlines, articles by, posts by,
            stories by, read all, web stories, featured stories, featured posts, featured articles, lesen
            sie, mehr lesen, mehr zum, mehr zu, mehr aus, mehr von, weiterlesen, weitere artikel, weitere
            beiträge, weitere meldungen, weitere nachrichten, weitere news, zum artikel, auch interess*,
            interessieren, ähnliche*, verwandte*, meistgelesen*, meist gelesen, beliebte*, neueste*,
            aktuelle beiträge, aktuelle artikel, letzte beiträge, empfehlung*, empfohlen*, das könnte, alle
            artikel, alle beiträge, vorheriger, nächster, topthemen, themen des tages, lee también, leer
            más, te puede interesar, le puede interesar, te recomendamos, noticias relacionadas,
            relacionad*, más leíd*, lo más, más noticias, más sobre, últimas noticias, no dejes de leer, ver
            más, seguir leyendo, lire aussi, lire la suite, à lire, en savoir plus, sur le même, les plus
            lus, le plus lu, articles similaires, dernières, à découvrir, voir aussi, voir plus, leggi
            anche, leggi tutto, leggi l, continua a leggere, per saperne di più, correlat*, potrebbe
            interessar*, più lett*, ultime notizie, articoli, vedi anche, leia mais, leia também, saiba
            mais, veja também, mais lidas, últimas notícias, czytaj, przeczytaj, zobacz, podobne, powiązane,
            polecan*, polecamy, najnowsze, najpopularniejsz*, więcej, lees ook, lees meer, lees verder,
            gerelateerd*, meest gelezen, meer nieuws, bekijk, läs mer, läs också, läs även, relaterade, les
            også, les mer, læs også, mest läst*, mest lest*, lue myös, lue lisää, luetuimmat, читайте,
            читать, похожие, по теме, популярн*, рекоменд*, другие новости, все новости, ещё новости,
            читайте також, devamını oku, ilgili haberler, ilginizi çekebilir, číst dál, čtěte, související,
            nejčtenější, διαβάστε*, περισσότερα, σχετικά, 相关, 相關, 推荐, 推薦, 延伸阅读, 延伸閱讀, 热门, 熱門, 上一篇, 下一篇, 更多,
            排行, 関連, おすすめ, オススメ, 人気記事, 続きを読む, 前の記事, 次の記事, 最新記事, ランキング, 관련기사, 추천, 인기기사, 많이 본, اقرأ, ذات صلة,
            المزيد, الأكثر
        """,
        Label.PROMO: """
            our app, the app, app store, google play, podcast app, download our, download the, download now,
            free download, why trust us, why choose us, learn more, get in touch, get a demo, book a demo,
            request a demo, schedule a demo, book a call, book a meeting, request a call, free consultation,
            coupon code, promo code, discount code, day sale, off any, off your, no credit card,
            money back, free shipping, consultation, get started, get started now, try it, start free, try for free, for free, free
            quote, get a quote, get your free, get a free, shop now, shop all, buy now, order now, order
            here, add to cart, learn more about our, contact us today, call us, talk to, speak to, gift
            card*, gift guide*, webinar*, whitepaper*, ebook, our services, our products, our team, our
            customers, our clients, our mission, we help, we offer, help you, about us, who we are, trusted
            by, as featured in, as seen on, testimonial*, book now, schedule a, request a, contact sales,
            see how, discover how, ready to, special offer*, limited time, coupon*, jetzt kaufen, jetzt
            bestellen, gratis testen, kostenlos, unser angebot, unsere leistungen, unsere app, descarga,
            descárgate, compra ahora, télécharg*, scarica*, baixe, pobierz, kup, download de app, скачать,
            скачайте, ladda ner, indir, アプリ, 下载客户端, 下載, 客户端, 다운로드, حمل التطبيق
        """,
        Label.TAGS: """
            tags, tagged, filed under, keywords, topics, topic, categories, category, posted in,
            schlagworte, schlagwörter, themen, kategorie*, etiquetas, temas, categoría*, étiquettes, mots
            clés, catégorie*, argomenti, categori*, tagi, trefwoorden, ämnen, emner, метки, теги, рубрик*,
            ключевые слова, etiketler, štítky, 标签, 標籤, 关键词, 關鍵字, タグ, キーワード, 태그, الوسوم
        """,
        Label.AUTHOR_BIO: """
            about the author, about the authors, about author, contributing writer, freelance writer, is a
            writer, is a journalist, is a reporter, is an editor, is a freelance, is the author of, is the
            founder, is the editor, is a senior, is a staff writer, is a content, is a professor, covers
            the, has been writing, bio, über den autor, über die autorin, zum autor, zur autorin, sobre el
            autor, sobre la autora, à propos de l auteur, sull autore, sobre o autor, o autorze, over de
            auteur, об авторе, про автора, yazar hakkında, 关于作者, 作者简介, 關於作者, 著者について, プロフィール, 글쓴이
        """,
        Label.BYLINE: """
            article by, writer, written by, posted by, published by, by staff, staff writer, staff reporter,
            staff and agencies, editorial team, editor in chief, content editor, reviewed by, edited by,
            fact checked*, medically reviewed, redaktion, redakteur*, redacción, rédaction, redazione,
            redação, redakcja, redactie, редакция, guest author, 作者, 记者, 記者, 责任编辑, 編輯, 编辑, 기자
        """,
        Label.CAPTION: """
            logo, icon, avatar, photograph, photo, photos, photo by, image, photo credit*, picture,
            screenshot, illustration, foto, fotos, bild, bildquelle, abbildung, grafik, imagen, imagem,
            image source, crédit photo, crédits, immagine, zdjęcie, fot, afbeelding, фото, изображение,
            getty, shutterstock, unsplash, istock, alamy, courtesy of, headshot, thumbnail, placeholder, 图片,
            图为, 圖片, 圖說, 資料照, 写真, 画像, 사진, صورة
        """,
        Label.TIMESTAMP: """
            last updated, published, posted on, updated, publication date, minutes read, min read*,
            read time, reading time, lesezeit, veröffentlicht, aktualisiert, publicado, actualizado,
            publié*, mis à jour, temps de lecture, pubblicato, aggiornato, atualizado, opublikowano,
            aktualizacja, gepubliceerd, bijgewerkt, publicerad, uppdaterad, oppdatert, опубликовано,
            обновлено, güncelleme, 发布时间, 發布時間, 公開日, 更新日, 입력, 수정
        """,
        Label.NAVIGATION: """
            skip to, skip the, click to, click here, go to, back to, jump to, return to, table of contents, on this page, in
            this article, menu, submenu, sub menu, sub navigation, toggle*, homepage, home page, home,
            search*, sitemap, site map, previous, next, pages, page, faq, help, help center, contact,
            careers, jobs, masthead, press room, media kit, site index, rss, feeds, archive*, blogroll,
            select, language, expand, collapse, close, open, load*, filter*, sort by, scroll, print, single
            page, text size, font size, view all pages, zum inhalt, startseite, suche*, suchen, kontakt,
            karriere, seite, inhaltsverzeichnis, inhalt, zurück, weiter, schließen, drucken, inicio, buscar,
            contacto, volver, siguiente, anterior, índice, accueil, recherche*, sommaire, retour, suivant,
            précédent, plan du site, imprimer, cerca, indietro, contatti, indice, stampa, início, pesquis*,
            contato, voltar, szukaj, strona główna, spis treści, drukuj, zoeken, inhoudsopgave, terug,
            volgende, vorige, afdrukken, главная, поиск, контакты, содержание, меню, назад, sök, meny,
            innehåll, søk, arama, ana sayfa, menü, hledat, haku, αναζήτηση, αρχική, 首页, 首頁, 搜索, 搜尋, 目录, 目次,
            返回, 导航, 検索, 메뉴, 검색, بحث, الرئيسية
        """,
    }
)
"""Words of lines, by the label of the lines."""

_POINTERS = frozenset({"more", "explore", "discover", "mehr", "plus", "más", "więcej", "meer"})
BY = frozenset({" by ", " written by ", " author ", " von ", " por ", " par ", " autor ", " authors ", " author s "})
"""Lines that announce the author's name below them."""
_CALLS = frozenset(
    """
    shop buy get grab start try request book launch claim order schedule become contact call apply enroll join
    unlock jetzt kaufen bestellen compra comprar pide achetez commandez acquista ordina compre kup zamów koop
    bestel купить köp
""".split()
)
"""What a seller asks a reader to do, as the first word of a line."""
_OURS = frozenset(
    """
    we our us you your yours ours wir unser unsere unseren unserer uns ihr ihre ihren ihnen dich dein deine nous notre
    nos vous votre vos nosotros nuestro nuestra nuestros nuestras usted tu tus noi nostro nostra nostri tuo tua vostro
    nós nosso nossa você seu sua wij ons onze jouw uw nasz nasza nasze twoje twój наш наши наша ваш ваши ваша мы вы
    vår våra våre din ditt dina
""".split()
)
"""Words with which a publisher speaks of itself and to the reader."""
_FILED = (
    *(" filed under ", " filed in ", " filed to ", " posted in ", " posted under ", " tagged ", " labels "),
    *(" veröffentlicht in ", " abgelegt unter ", " publicado en ", " classé dans ", " archiviato in "),
    *(" postado em ", " geplaatst in ", " opublikowano w "),
)
"""What stands before the names of topics."""
_NETWORKS = frozenset(
    """
    facebook fb twitter x linkedin whatsapp pinterest reddit telegram tumblr email mail instagram youtube tiktok
    google messenger bluesky threads mastodon flipboard pocket delicious digg stumbleupon xing snapchat wechat
    weibo line vk vkontakte viber skype buffer evernote newsvine technorati furl slashdot discord sms slack
    myspace pin tweet rss copy print vimeo soundcloud spotify feedburner fark mixx github qq kakao odnoklassniki
    strava hatena twittern teilen share 微博 微信 新浪微博 朋友圈 フェイスブック はてな 카카오톡 페이스북 트위터 одноклассники вконтакте телеграм
    فيسبوك تويتر واتساب
""".split()
)
_AROUND = frozenset(
    """
    share sharing shared on via to by with in at of this the us me our page story article post link save send
    follow like join find icon icons logo button green white black opens new window tab a an and or it subscribe
    channel profile account auf bei über per folgen uns folge und compartir en por síguenos partager sur suivez
    nous condividi su seguici partilhar compartilhar no na em udostępnij delen deel op dela på del поделиться в
    paylaş 分享 到 friend counter clipboard media social app plus official e drucken mailen versenden gusta print
    discuss bookmark submit wall stories
""".split()
)
_MOST = 14
"""Words of a share bar that names few networks."""
_MANY = 5
_FEW = 4


def call(spaced: str) -> Label | None:
    """What a line is by its first word alone: a seller's call, or a pointer to more."""
    first = spaced.split(maxsplit=1)[:1]
    if first and first[0] in _POINTERS:
        return Label.RELATED
    return Label.PROMO if first and first[0] in _CALLS else None


def is_filing(spaced: str) -> bool:
    """Whether a line starts as those do that name an article's topics."""
    return spaced.startswith(_FILED)


def addresses(spaced: str) -> bool:
    """Whether a publisher speaks to the reader."""
    return not _OURS.isdisjoint(spaced.split())


def opening(spaced: str) -> Label | None:
    """What the first three words of a line speak of: enough for "Read the full …" where the rest may be a headline."""
    return WORDS.find(f" {' '.join(spaced.split()[:3])} ")


def is_share_bar(spaced: str) -> bool:
    """Whether a line is nothing but names of networks, ways to pass a page on, and the words between them."""
    words = spaced.split()
    if words[:1] == ["follow"] and len(words) <= _FEW:
        return True
    if _NETWORKS.isdisjoint(words):
        return False
    if words[0] in ("follow", "share") and len(words) <= _MOST:
        return True
    named = sum(word in _NETWORKS for word in words)
    if named >= _MANY and 5 * named > 2 * len(words):
        return True
    return len(words) <= _MOST and all(word in _NETWORKS or word in _AROUND or word.isdigit() for word in words)
