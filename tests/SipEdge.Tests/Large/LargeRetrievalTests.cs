using System.Text;
using PosteRestante.Grains.Interfaces.Messages;
using PosteRestante.SipEdge.Tests.Wire;
using PosteRestante.TestKit;

namespace PosteRestante.SipEdge.Tests.Large;

/// <summary>Messages whose bodies are in the body store, handed over to a peer whose every step a test decides.</summary>
public sealed class LargeRetrievalTests(ServiceWithBodies service) : IClassFixture<ServiceWithBodies>
{
    private const int Megabyte = 1024 * 1024;

    [Fact]
    [Requirement("DM-12.2.2.5-2d", "DM-12.2.2.5-2b", "DM-12.2.2.5-2e", "DM-12.2.2.5-1", "D10")]
    public async Task Retrieval_OfALargeMessage_BringsItWholeAsMessageMsrp()
    {
        var picture = ServiceWithBodies.Picture(3 * Megabyte);
        await service.PutAsync("erin", picture);
        using var call = await BeginAsync("erin");

        var (head, body) = await call.Msrp.TakeWholeAsync();

        RawMsrp.Field(head, "Success-Report").ShouldBe("yes");
        var text = Encoding.Latin1.GetString(body);
        var boundary = RawMsrp.Field(head, "Content-Type").Split("boundary=")[1];
        var parts = text.Split($"--{boundary}");
        parts.Length.ShouldBe(4);
        parts[3].ShouldBe("--");
        parts[1].ShouldStartWith("\r\nContent-Type: message/sipfrag\r\nContent-ID: <");
        parts[1].ShouldContain("""
            Date: Sun, 22 Nov 2026 10:58:03 GMT
            From: "Alice" <sip:alice@example.net>;tag=a9
            To: <sip:bob@example.net>
            Subject: Pictures
            Call-ID: 78@alice.example.net
            Contribution-ID: c1

            """.ReplaceLineEndings("\r\n"));
        parts[1].ShouldNotContain("192.0.2.1");
        var frame = parts[2].Split("\r\n\r\n", 3);
        frame[0].ShouldBe("\r\nContent-Type: message/msrp");
        frame[1].ShouldContain(
            $"\r\nMessage-ID: original1\r\nByte-Range: 1-{picture.Length}/{picture.Length}\r\nContent-Disposition: attachment\r\nContent-Type: image/tiff");
        var transaction = frame[1].Split(' ')[1];
        frame[1].ShouldStartWith($"MSRP {transaction} SEND\r\nTo-Path: msrp://im.example.net:2855/");
        frame[2].ShouldEndWith($"\r\n-------{transaction}$\r\n\r\n");
        Encoding.Latin1.GetBytes(frame[2][..^$"\r\n-------{transaction}$\r\n\r\n".Length]).ShouldBe(picture);
        await call.TakeByeAsync();
    }

    [Fact]
    [Requirement("DM-12.2.2.5-2c")]
    public async Task Retrieval_OfAPagerMessageWithALongBody_BringsTheFragment()
    {
        var words = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 40_000).Select(number => $"{number} ")));
        await service.PutAsync("frank", words, ServiceWithBodies.PagerHead(words.Length), MessageMode.Pager);
        using var call = await BeginAsync("frank", wrapped: "message/sipfrag");

        var (_, body) = await call.Msrp.TakeWholeAsync();

        var original = Encoding.ASCII.GetString(body).Split("Content-Type: message/sipfrag\r\n\r\n")[1];
        original.ShouldStartWith("MESSAGE sip:bob@example.net SIP/2.0\r\n");
        original.ShouldContain($"Content-Length: {words.Length}\r\n\r\n{Encoding.ASCII.GetString(words)}\r\n--");
        await call.TakeByeAsync();
    }

    [Fact]
    public async Task Retrieval_OfALargeMessage_DoesNotWaitForTheAnswerToEachChunk()
    {
        await service.PutAsync("grace", ServiceWithBodies.Picture(2 * Megabyte));
        using var call = await BeginAsync("grace");
        var unanswered = new List<RawChunk>();
        do
        {
            unanswered.Add(await call.Msrp.ReceiveChunkAsync());
            unanswered[^1].Body.Length.ShouldBeGreaterThan(2048);
        }
        while (unanswered[^1].Start < Megabyte);

        foreach (var chunk in unanswered)
        {
            await call.Msrp.AnswerAsync(chunk);
        }

        var last = unanswered[^1];
        while (last.Flag == '+')
        {
            last = await call.Msrp.ReceiveChunkAsync();
            await call.Msrp.AnswerAsync(last);
        }

        await call.TakeByeAsync();
        await ShouldBeEmptyAsync("grace");
    }

    [Theory]
    [InlineData("heidi", "message/sipfrag", "a=recvonly")]
    [InlineData("ivan", "message/sipfrag message/msrp", "a=recvonly\na=max-size:100000")]
    [Requirement("DM-12.2.2.5-2d")]
    public async Task Retrieval_PeerDoesNotTakeTheLargeMessage_BringsTheOthersAndKeepsIt(string user, string wrapped, string direction)
    {
        await service.PutAsync(user, ServiceWithBodies.Picture(Megabyte));
        await service.PutAsync(user, "short"u8.ToArray(), ServiceWithBodies.PagerHead(5), MessageMode.Pager);
        using (var call = await BeginAsync(user, wrapped, direction))
        {
            var (_, body) = await call.Msrp.TakeWholeAsync();
            Encoding.ASCII.GetString(body).ShouldContain("\r\n\r\nshort\r\n--");
            await call.TakeByeAsync();
        }

        using var again = await BeginAsync(user);
        (await again.Msrp.TakeWholeAsync()).Body.Length.ShouldBeGreaterThan(Megabyte);
        await again.TakeByeAsync();
    }

    [Fact]
    public async Task Retrieval_BodyIsMissing_BringsTheOthers()
    {
        var name = await service.PutAsync("judy", ServiceWithBodies.Picture(Megabyte));
        await service.Bodies.TrashAsync(name);
        await service.PutAsync("judy", "short"u8.ToArray(), ServiceWithBodies.PagerHead(5), MessageMode.Pager);
        using var call = await BeginAsync("judy");

        var (_, body) = await call.Msrp.TakeWholeAsync();

        Encoding.ASCII.GetString(body).ShouldContain("\r\n\r\nshort\r\n--");
        await call.TakeByeAsync();
    }

    [Theory]
    [InlineData("kim", true)]
    [InlineData("leo", false)]
    public async Task Retrieval_EndedInTheMiddleOfALargeMessage_OffersItAgain(string user, bool byBye)
    {
        var picture = ServiceWithBodies.Picture(4 * Megabyte);
        await service.PutAsync(user, picture);
        string id;
        using (var call = await BeginAsync(user))
        {
            var chunk = await call.Msrp.ReceiveChunkAsync();
            id = chunk.MessageId;
            await call.Msrp.AnswerAsync(chunk);
            _ = await call.Msrp.ReceiveChunkAsync();
            if (byBye)
            {
                (await call.ExchangeAsync("BYE", 2)).StatusCode.ShouldBe(200);
            }
            else
            {
                call.Msrp.Dispose();
                await call.TakeByeAsync();
            }
        }

        using var again = await BeginAsync(user);
        var (head, body) = await again.Msrp.TakeWholeAsync();

        RawMsrp.Field(head, "Message-ID").ShouldBe(id);
        body.AsSpan().IndexOf(picture).ShouldBeGreaterThan(0);
        await again.TakeByeAsync();
        await ShouldBeEmptyAsync(user);
    }

    [Fact]
    public async Task Retrieval_RefusedInTheMiddleOfALargeMessage_StopsItAndBringsTheNext()
    {
        await service.PutAsync("mia", ServiceWithBodies.Picture(8 * Megabyte));
        await service.PutAsync("mia", "short"u8.ToArray(), ServiceWithBodies.PagerHead(5), MessageMode.Pager);
        using var call = await BeginAsync("mia");
        var chunk = await call.Msrp.ReceiveChunkAsync();
        var id = chunk.MessageId;
        await call.Msrp.AnswerAsync(chunk, 413);
        var received = 0L;
        while (chunk.MessageId == id)
        {
            received += chunk.Body.Length;
            chunk = await call.Msrp.ReceiveChunkAsync();
        }

        received.ShouldBeLessThan(8 * Megabyte);
        var (_, body) = await call.Msrp.TakeWholeAsync(chunk);
        Encoding.ASCII.GetString(body).ShouldContain("\r\n\r\nshort\r\n--");
        await call.TakeByeAsync();
    }

    private async Task<RawRetrieval> BeginAsync(
        string user, string wrapped = "message/sipfrag message/msrp", string direction = "a=recvonly")
    {
        var call = await RawRetrieval.BeginAsync(service, user, wrapped: wrapped, direction: direction);
        await call.OpenAsync();
        return call;
    }

    private async Task ShouldBeEmptyAsync(string user)
    {
        using var sip = new RawSip(service.Sip);
        (await sip.ExchangeAsync(sip.Request(
            "INVITE",
            "sip:Deferred@im.example.net",
            $"Contact: <sip:{user}@{sip.Local}>\nP-Asserted-Identity: <sip:{user}@example.net>\nContent-Type: application/sdp\n",
            RawRetrieval.Offer()))).StatusCode.ShouldBe(488);
    }
}
