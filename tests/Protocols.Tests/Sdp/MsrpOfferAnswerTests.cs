using System.Text;
using PosteRestante.Protocols.Msrp;
using PosteRestante.Protocols.Sdp;
using PosteRestante.TestKit;

namespace PosteRestante.Protocols.Tests.Sdp;

public sealed class MsrpOfferAnswerTests
{
    // Profile 4.8, the offer of a retrieval.
    private const string Retrieval =
        "m=message 9 TCP/MSRP *\r\na=accept-types:multipart/mixed\r\n"
        + "a=accept-wrapped-types:message/sipfrag message/sip message/msrp\r\na=setup:active\r\n"
        + "a=path:msrp://192.0.2.7:9/bQ7x;tcp\r\na=recvonly\r\n";

    private static readonly SdpOrigin Origin = new("-", "7", "7", "IN", "IP4", "198.51.100.5");

    private static readonly MsrpPeerRequirements Needs = new()
    {
        Direction = SdpDirection.RecvOnly,
        Types = ["multipart/mixed"],
        WrappedTypes = ["message/sipfrag", "message/msrp"],
    };

    [Fact]
    [Requirement("DM-12.2.1-R5", "DM-12.2.1-2", "D18")]
    public void Answer_ToARetrieval_IsSendonlyAndPassive()
    {
        Answer(Retrieval, out SdpSession? answer, out MsrpNegotiation? agreed).ShouldBe(MsrpRejection.None);

        Encoding.ASCII.GetString(SdpWriter.Write(answer!)).ShouldBe(
            "v=0\r\no=- 7 7 IN IP4 198.51.100.5\r\ns=-\r\nc=IN IP4 198.51.100.5\r\nt=0 0\r\n"
            + "m=message 2855 TCP/MSRP *\r\na=accept-types:multipart/mixed\r\na=setup:passive\r\n"
            + "a=path:msrp://198.51.100.5:2855/Rw8;tcp\r\na=sendonly\r\n");
        agreed!.IsActive.ShouldBeFalse();
        agreed.Direction.ShouldBe(SdpDirection.SendOnly);
        agreed.Remote.Path.Text.ShouldBe("msrp://192.0.2.7:9/bQ7x;tcp");
        agreed.Remote.Setup.ShouldBe(SdpSetup.Active);
    }

    [Fact]
    public void Answer_ToSeveralMedia_RefusesTheOthers()
    {
        Answer(
            "m=audio 49170/2 RTP/AVP 0 8\r\na=rtpmap:0 PCMU/8000\r\n" + Retrieval + "m=message 7 TCP/MSRP *\r\n",
            out SdpSession? answer,
            out MsrpNegotiation? agreed).ShouldBe(MsrpRejection.None);

        agreed!.MediaIndex.ShouldBe(1);
        answer!.Media.Select(media => (media.Kind, media.Port)).ShouldBe([("audio", 0), ("message", 2855), ("message", 0)]);
    }

    [Theory]
    [InlineData("a=recvonly", SdpDirection.RecvOnly)]
    [InlineData("a=sendonly", SdpDirection.SendOnly)]
    [InlineData("a=sendrecv", SdpDirection.SendRecv)]
    [InlineData("a=inactive", SdpDirection.Inactive)]
    [InlineData("a=x", SdpDirection.SendRecv)]
    public void Direction_AtSessionLevel_CountsWhereTheMediaIsSilent(string line, SdpDirection expected)
    {
        SdpSession session = Parse(line + "\r\n" + Retrieval.Replace("a=recvonly\r\n", ""));

        session.Media[0].Direction(session).ShouldBe(expected);
        session = Parse(line + "\r\n" + Retrieval);
        session.Media[0].Direction(session).ShouldBe(SdpDirection.RecvOnly);
    }

    // RFC 3264 6.1
    [Theory]
    [InlineData(SdpDirection.RecvOnly, SdpDirection.SendRecv, SdpDirection.SendOnly)]
    [InlineData(SdpDirection.RecvOnly, SdpDirection.RecvOnly, SdpDirection.Inactive)]
    [InlineData(SdpDirection.SendOnly, SdpDirection.SendRecv, SdpDirection.RecvOnly)]
    [InlineData(SdpDirection.SendOnly, SdpDirection.SendOnly, SdpDirection.Inactive)]
    [InlineData(SdpDirection.SendRecv, SdpDirection.SendOnly, SdpDirection.SendOnly)]
    [InlineData(SdpDirection.SendRecv, SdpDirection.RecvOnly, SdpDirection.RecvOnly)]
    [InlineData(SdpDirection.SendRecv, SdpDirection.SendRecv, SdpDirection.SendRecv)]
    [InlineData(SdpDirection.Inactive, SdpDirection.SendRecv, SdpDirection.Inactive)]
    public void Direction_OfAnAnswer_FollowsTheOffer(SdpDirection offered, SdpDirection wanted, SdpDirection expected) =>
        SdpDirections.Answer(offered, wanted).ShouldBe(expected);

    [Theory]
    [InlineData("a=recvonly", "a=sendrecv", MsrpRejection.WrongDirection)]
    [InlineData("a=recvonly\r\n", "", MsrpRejection.WrongDirection)]
    [InlineData("a=path:msrp://192.0.2.7:9/bQ7x;tcp\r\n", "", MsrpRejection.MissingPath)]
    [InlineData("msrp://192.0.2.7:9/bQ7x;tcp", "msrp://192.0.2.7/bQ7x;tcp", MsrpRejection.BadPath)]
    [InlineData("msrp://192.0.2.7:9/bQ7x;tcp", "msrp://192.0.2.7:9;tcp", MsrpRejection.BadPath)]
    [InlineData("msrp://192.0.2.7:9/bQ7x;tcp", "sip:x", MsrpRejection.BadPath)]
    [InlineData("a=accept-types:multipart/mixed\r\n", "", MsrpRejection.MissingAcceptTypes)]
    [InlineData("a=accept-types:multipart/mixed", "a=accept-types:", MsrpRejection.BadAcceptTypes)]
    [InlineData("a=accept-types:multipart/mixed", "a=accept-types:nonsense", MsrpRejection.BadAcceptTypes)]
    [InlineData("a=accept-types:multipart/mixed", "a=accept-types:message/cpim", MsrpRejection.NoCommonType)]
    [InlineData("message/sipfrag message/sip", "message/sip", MsrpRejection.NoCommonType)]
    [InlineData("a=setup:active", "a=setup:passive", MsrpRejection.SetupConflict)]
    [InlineData("a=setup:active", "a=setup:both", MsrpRejection.BadSetup)]
    [InlineData("a=setup:active", "a=max-size:x", MsrpRejection.BadMaxSize)]
    [InlineData("TCP/MSRP", "TCP/TLS/MSRP", MsrpRejection.TransportNotSupported)]
    [InlineData("message 9", "message 0", MsrpRejection.MediaOff)]
    [InlineData("m=message 9 TCP/MSRP *", "m=audio 9 RTP/AVP 0", MsrpRejection.NoMsrpMedia)]
    [Requirement("DM-12.2.1-2")]
    public void Offer_ThatWillNotDo_SaysWhy(string part, string instead, MsrpRejection expected)
    {
        string offer = Retrieval.Replace(part, instead, StringComparison.Ordinal);
        offer.ShouldNotBe(Retrieval);

        Answer(offer, out SdpSession? answer, out MsrpNegotiation? agreed).ShouldBe(expected);
        answer.ShouldBeNull();
        agreed.ShouldBeNull();
    }

    [Theory]
    [InlineData("a=accept-types:*")]
    [InlineData("a=accept-types:multipart/* message/*")]
    [InlineData("a=accept-types:text/plain MULTIPART/Mixed message/sipfrag message/msrp")]
    public void Offer_WithWildcardsOrTypesByThemselves_WillDo(string types) =>
        Answer(
            Retrieval.Replace("a=accept-types:multipart/mixed", types).Replace("message/sipfrag message/sip message/msrp", "a/b"),
            out _,
            out _).ShouldBe(MsrpRejection.None);

    // RFC 6135 4.2; without a=setup the offerer is active (RFC 4975 5.4).
    [Theory]
    [InlineData("a=setup:actpass", SdpSetup.ActPass, false)]
    [InlineData("a=setup:active", SdpSetup.ActPass, false)]
    [InlineData("a=setup:passive", SdpSetup.ActPass, true)]
    [InlineData("a=setup:actpass", SdpSetup.Active, true)]
    [InlineData("a=setup:holdconn", SdpSetup.ActPass, false)]
    [InlineData("a=connection:new", SdpSetup.ActPass, false)]
    [InlineData("a=setup:active", SdpSetup.Active, null)]
    [InlineData("a=setup:passive", SdpSetup.Passive, null)]
    public void Setup_OfAnAnswer_FollowsTheOffer(string line, SdpSetup local, bool? active)
    {
        MsrpRejection rejection = MsrpOfferAnswer.CreateAnswer(
            Parse(Retrieval.Replace("a=setup:active", line)), Local() with { Setup = local }, Needs, Origin, out _, out MsrpNegotiation? agreed);

        rejection.ShouldBe(active is null ? MsrpRejection.SetupConflict : MsrpRejection.None);
        agreed?.IsActive.ShouldBe(active!.Value);
    }

    [Fact]
    public void Offer_OfAnActiveSide_NamesTheDiscardPort()
    {
        MsrpUri.TryParse("msrp://192.0.2.7:9/bQ7x;tcp", out MsrpUri? uri).ShouldBeTrue();
        MsrpLocalMedia local = new()
        {
            Path = new MsrpPath(uri!),
            AcceptTypes = new MsrpAcceptTypes("multipart/mixed"),
            AcceptWrappedTypes = new MsrpAcceptTypes("message/sipfrag", "message/msrp"),
            Direction = SdpDirection.RecvOnly,
            Setup = SdpSetup.Active,
            MaxSize = 1_000_000,
        };
        SdpSession offer = MsrpOfferAnswer.CreateOffer(local, Origin with { Address = "192.0.2.7" });

        Encoding.ASCII.GetString(SdpWriter.Write(offer)).ShouldEndWith(
            "m=message 9 TCP/MSRP *\r\na=accept-types:multipart/mixed\r\na=accept-wrapped-types:message/sipfrag message/msrp\r\n"
            + "a=max-size:1000000\r\na=setup:active\r\na=path:msrp://192.0.2.7:9/bQ7x;tcp\r\na=recvonly\r\n");
        MsrpOfferAnswer.CreateAnswer(offer, Local(), Needs, Origin, out SdpSession? answer, out MsrpNegotiation? server);
        MsrpOfferAnswer.AcceptAnswer(answer!, local, MsrpPeerRequirements.None, out MsrpNegotiation? client)
            .ShouldBe(MsrpRejection.None);
        client!.IsActive.ShouldBeTrue();
        client.Direction.ShouldBe(SdpDirection.RecvOnly);
        client.Remote.Path.ShouldBe(Local().Path);
        server!.Remote.MaxSize.ShouldBe(1_000_000);
    }

    [Fact]
    public void Answer_WithOtherMediaOrPortZero_WillNotDo()
    {
        MsrpOfferAnswer.AcceptAnswer(Parse(Retrieval + Retrieval), Local(), MsrpPeerRequirements.None, out _)
            .ShouldBe(MsrpRejection.MediaDiffer);
        MsrpOfferAnswer.AcceptAnswer(Parse(Retrieval.Replace("message 9", "message 0")), Local(), MsrpPeerRequirements.None, out _)
            .ShouldBe(MsrpRejection.MediaOff);
    }

    [Fact]
    [Requirement("DM-12.2.1-2")]
    public void Acceptable_DescribesWithoutOffering()
    {
        string text = Encoding.ASCII.GetString(SdpWriter.Write(MsrpOfferAnswer.CreateAcceptable(Local(), Origin)));

        text.ShouldEndWith("m=message 2855 TCP/MSRP *\r\na=accept-types:multipart/mixed\r\na=sendonly\r\n");
        Parse(text[text.IndexOf("m=", StringComparison.Ordinal)..]).Media.ShouldHaveSingleItem();
    }

    [Fact]
    public void Media_WithCemaAndFingerprint_IsRead()
    {
        SdpSession session = Parse(
            "a=fingerprint:SHA-256 4A\r\n" + Retrieval.Replace("TCP/MSRP", "tcp/tls/msrp") + "a=msrp-cema\r\na=max-size:9\r\n");

        MsrpMedia.Read(session, session.Media[0], out MsrpMedia? media).ShouldBe(MsrpRejection.None);
        media!.HasCema.ShouldBeTrue();
        media.IsSecure.ShouldBeTrue();
        media.Fingerprint.ShouldBe("SHA-256 4A");
        media.MaxSize.ShouldBe(9);
    }

    private static MsrpLocalMedia Local() => new()
    {
        Path = new MsrpPath(MsrpUri.Create("198.51.100.5", 2855, "Rw8")),
        AcceptTypes = new MsrpAcceptTypes("multipart/mixed"),
        Direction = SdpDirection.SendOnly,
        Setup = SdpSetup.Passive | SdpSetup.Active,
    };

    private static MsrpRejection Answer(string media, out SdpSession? answer, out MsrpNegotiation? agreed) =>
        MsrpOfferAnswer.CreateAnswer(
            Parse(media), Local() with { Setup = SdpSetup.Passive }, Needs, Origin, out answer, out agreed);

    private static SdpSession Parse(string media)
    {
        string text = "v=0\r\no=- 1 1 IN IP4 192.0.2.7\r\ns=-\r\nc=IN IP4 192.0.2.7\r\nt=0 0\r\n" + media;
        SdpParser.Parse(Encoding.ASCII.GetBytes(text), new SdpOptions(), out SdpSession? session, out _).ShouldBe(SdpError.None);
        return session!;
    }
}
