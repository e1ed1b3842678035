using System.Text;
using PosteRestante.Protocols.Cpim;

namespace PosteRestante.Protocols.Tests.Cpim;

public sealed class CpimParserTests
{
    private const string Example =
        "From: MR SANDERS <im:piglet@100akerwood.com>\r\nTo: Depressed Donkey <im:eeyore@100akerwood.com>\r\n"
        + "DateTime: 2000-12-13T13:40:00-08:00\r\nSubject: the weather will be fine today\r\n"
        + "Subject:;lang=fr beau temps prevu pour aujourd'hui\r\nNS: imdn <urn:ietf:params:imdn>\r\n"
        + "imdn.Message-ID: 34jk324j\r\nimdn.Disposition-Notification: positive-delivery, negative-delivery;x=y\r\n\r\n"
        + "Content-type: text/xml; charset=utf-8\r\nContent-ID: <1234567890@foo.com>\r\n\r\n<body/>";

    [Fact]
    public void Message_OfTheRfc_GivesWhatADepositNeeds()
    {
        CpimMessage message = Parse(Example);

        message.From.ShouldBe("MR SANDERS <im:piglet@100akerwood.com>");
        message.To.ShouldBe("Depressed Donkey <im:eeyore@100akerwood.com>");
        message.Subject.ShouldBe("the weather will be fine today");
        message.MessageId.ShouldBe("34jk324j");
        message.DispositionNotification.ShouldBe(ImdnDispositions.PositiveDelivery | ImdnDispositions.NegativeDelivery);
        message.WantsNegativeDelivery.ShouldBeTrue();
        message.ContentType.ShouldBe("text/xml; charset=utf-8");
        Example[message.ContentOffset..].ShouldBe("<body/>");
        message.TryGetDateTime(out DateTimeOffset time).ShouldBeTrue();
        time.ShouldBe(new DateTimeOffset(2000, 12, 13, 21, 40, 0, TimeSpan.Zero));
    }

    // RFC 5438 6.1: any prefix, known by its URI; RFC 3862: the declaration stands before its use.
    [Theory]
    [InlineData("NS: x <urn:ietf:params:imdn>\r\nx.Message-ID: abcd", "abcd")]
    [InlineData("NS: imdn <urn:other>\r\nimdn.Message-ID: abcd", null)]
    [InlineData("imdn.Message-ID: abcd", null)]
    [InlineData("imdn.Message-ID: abcd\r\nNS: imdn <urn:ietf:params:imdn>", null)]
    [InlineData("NS: <urn:ietf:params:imdn>\r\nMessage-ID: abcd", "abcd")]
    [InlineData("NS: imdn <urn:ietf:params:imdn>\r\nimdn.message-id: abcd", null)]
    [InlineData("NS: imdn <urn:ietf:params:imdn>\r\nimdn.Message-ID:abcd", "abcd")]
    public void MessageId_IsKnownByNamespace(string headers, string? expected) =>
        Parse(headers + "\r\n\r\n\r\n").MessageId.ShouldBe(expected);

    [Fact]
    public void Names_AreCaseSensitive()
    {
        CpimMessage message = Parse("from: <im:a@b>\r\nFROM: <im:c@d>\r\n\r\n\r\n");

        message.From.ShouldBeNull();
    }

    [Fact]
    public void Imdn_IsMarkedByItsDisposition()
    {
        CpimMessage message = Parse(
            "From: <im:a@b>\r\n\r\nContent-Type: message/imdn+xml\r\nContent-Disposition: notification\r\n\r\n<imdn/>");

        message.ContentDisposition.ShouldBe("notification");
        message.DispositionNotification.ShouldBe(ImdnDispositions.None);
    }

    [Fact]
    public void RecordRoute_KeepsItsOrder() =>
        Parse("NS: i <urn:ietf:params:imdn>\r\ni.IMDN-Record-Route: <sip:a@x>\r\ni.IMDN-Record-Route: <sip:b@x>\r\n\r\n\r\n")
            .ImdnRecordRoute.ShouldBe(["<sip:a@x>", "<sip:b@x>"]);

    [Theory]
    [InlineData("", CpimError.Unterminated)]
    [InlineData("From: <im:a@b>\r\n", CpimError.Unterminated)]
    [InlineData("From: <im:a@b>\r\n\r\nContent-Type: a/b\r\n", CpimError.Unterminated)]
    [InlineData("From <im:a@b>\r\n\r\n\r\n", CpimError.BadHeader)]
    [InlineData(": x\r\n\r\n\r\n", CpimError.BadHeader)]
    [InlineData(".x: y\r\n\r\n\r\n", CpimError.BadHeader)]
    [InlineData("From: \u00ff\r\n\r\n\r\n", CpimError.BadHeader)]
    [InlineData("From: a\0b\r\n\r\n\r\n", CpimError.BadHeader)]
    [InlineData("From: a\r\nFrom: b\r\n\r\n\r\n", CpimError.DuplicateHeader)]
    [InlineData("NS: imdn urn:x\r\n\r\n\r\n", CpimError.BadNamespace)]
    [InlineData("NS: i <urn:ietf:params:imdn>\r\ni.Message-ID: a b\r\n\r\n\r\n", CpimError.BadHeader)]
    [InlineData("NS: i <urn:ietf:params:imdn>\r\ni.Message-ID: 1234567890\r\n\r\n\r\n", CpimError.BadHeader)]
    [InlineData("NS: i <urn:ietf:params:imdn>\r\ni.Message-ID: a\r\ni.Message-ID: a\r\n\r\n\r\n", CpimError.DuplicateHeader)]
    [InlineData("A: 1\r\nB: 2\r\nC: 3\r\n\r\nD: 4\r\nE: 5\r\n\r\n", CpimError.TooManyHeaders)]
    [InlineData("A: 12345678901234567890123456789012345678901234567890123456789012345678901234567890\r\n\r\n\r\n", CpimError.HeadersTooLong)]
    public void Body_BadOrOverALimit_SaysWhy(string body, CpimError expected)
    {
        CpimOptions options = new() { MaxHeaders = 4, MaxHeaderBytes = 80, MaxMessageIdBytes = 8 };

        CpimParser.Parse(Encoding.Latin1.GetBytes(body), options, out CpimMessage? message).ShouldBe(expected);
        message.ShouldBeNull();
    }

    [Fact]
    public void Parser_OnMutatedBodies_NeverThrows()
    {
        byte[] seed = Encoding.ASCII.GetBytes(Example);
        int start = Environment.TickCount;
        Random random = new(start);
        for (int i = 0; i < 20000; i++)
        {
            byte[] body = seed[..random.Next(seed.Length)];
            for (int n = random.Next(1, 8); n > 0 && body.Length > 0; n--)
            {
                body[random.Next(body.Length)] = (byte)random.Next(256);
            }

            CpimError error = CpimParser.Parse(body, new CpimOptions(), out CpimMessage? message);
            (message is null).ShouldBe(error != CpimError.None, $"seed {start}, iteration {i}");
        }
    }

    private static CpimMessage Parse(string body)
    {
        CpimParser.Parse(Encoding.UTF8.GetBytes(body), new CpimOptions(), out CpimMessage? message).ShouldBe(CpimError.None);
        return message!;
    }
}
