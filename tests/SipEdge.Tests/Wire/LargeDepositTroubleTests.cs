using PosteRestante.TestKit;

namespace PosteRestante.SipEdge.Tests.Wire;

/// <summary>Large messages that are broken, hostile or too large: nothing of them is stored, and what else runs goes on.</summary>
public sealed class LargeDepositTroubleTests(ServiceWithBodies service) : IClassFixture<ServiceWithBodies>
{
    [Fact]
    [Requirement("DM-12.2.2.3-2")]
    public async Task Chunks_ThatOverlap_TheLaterOctetsCount()
    {
        using var call = await RawDeposit.OpenAsync(service, "dave");
        (await call.SendAsync("tr000001", "msg00001", "1-*/10", "AAAAAAAA", '+')).ShouldBe(200);
        (await call.SendAsync("tr000002", "msg00001", "3-*/10", "BBBB", '+')).ShouldBe(200);
        (await call.SendAsync("tr000003", "msg00001", "5-*/10", "CCCCCC", '$')).ShouldBe(200);

        await call.ByeAsync();
        var stored = (await service.WaitingAsync("dave")).ShouldHaveSingleItem().Content;
        (await service.BodyAsync(stored)).ShouldBe("AABBCCCCCC"u8.ToArray());
    }

    [Fact]
    [Requirement("DM-12.2.2.3-2")]
    public async Task Message_WithAGap_IsNotStored()
    {
        using var call = await RawDeposit.OpenAsync(service, "erin");
        (await call.SendAsync("tr000001", "msg00001", "1-*/30", RawDeposit.Text(10), '+')).ShouldBe(200);
        (await call.SendAsync("tr000002", "msg00001", "21-*/30", RawDeposit.Text(10), '$')).ShouldBe(200);
        await call.ByeAsync();

        await NothingAsync("erin");
    }

    [Fact]
    [Requirement("DM-12.2.2.3-2")]
    public async Task Message_ThatIsAborted_IsNotStored()
    {
        using var call = await RawDeposit.OpenAsync(service, "frank");
        (await call.SendAsync("tr000001", "msg00001", "1-*/30", RawDeposit.Text(10), '+')).ShouldBe(200);
        (await call.SendAsync("tr000002", "msg00001", "11-*/30", RawDeposit.Text(20), '#')).ShouldBe(200);
        await call.ByeAsync();

        await NothingAsync("frank");
    }

    [Theory]
    [InlineData("grace", "1-*/5", 5)] // the total says less than comes
    [InlineData("heidi", "1-*/50", 5)] // the total says more: the chunk marked $ fixes it (RFC 4975 7.3.1)
    [InlineData("ivan", "1-3/9", 5)] // the end contradicts both
    [InlineData("judy", "1-*/*", 5)]
    public async Task Message_WithWrongTotals_IsAsLongAsItsOctets(string user, string range, int length)
    {
        using var call = await RawDeposit.OpenAsync(service, user);
        (await call.SendAsync("tr000001", "msg00001", range, RawDeposit.Text(length))).ShouldBe(200);
        await call.ByeAsync();

        (await service.BodyAsync((await service.WaitingAsync(user)).ShouldHaveSingleItem().Content)).ShouldBe(RawDeposit.Octets(RawDeposit.Text(length)));
    }

    [Theory]
    [InlineData("9223372036854775807-*/9223372036854775807")]
    [InlineData("1-*/1048577")]
    [InlineData("1048570-*/*")]
    public async Task Message_BeyondTheLimit_IsStoppedAtOnceAndTheNextIsTaken(string range)
    {
        using var call = await RawDeposit.OpenAsync(service, "kim");
        await call.Msrp.SendAsync(call.Chunk("tr000001", "msg00001", range, RawDeposit.Text(10), '$').Split("-------")[0].TrimEnd('\n'));

        (await call.AnswerAsync("tr000001")).ShouldBe(413); // before the chunk has ended (RFC 4975 10.5)

        await call.Msrp.SendAsync("\n-------tr000001$\n");
        (await call.SendAsync("tr000002", "msg00002", "1-5/5", "hello")).ShouldBe(200);
        await call.ByeAsync();
    }

    [Fact]
    public async Task Chunks_ShuffledWithTooManyGaps_AreStopped()
    {
        using var call = await RawDeposit.OpenAsync(service, "leo");
        var statuses = new List<int>();
        for (var chunk = 0; chunk < 12; chunk++)
        {
            statuses.Add(await call.SendAsync($"tr0000{chunk:00}", "msg00001", $"{(chunk * 20) + 1}-*/1000", "0123456789", '+'));
        }

        statuses.ShouldContain(200);
        statuses[^1].ShouldBe(413);
        await call.ByeAsync();
        await NothingAsync("leo");
    }

    [Fact]
    public async Task Body_WithEndLinesOfOthersAndItsOwnSplitOverReads_IsTakenWhole()
    {
        var body = "x\r\n-------tr000002$\r\nMSRP tr000009 SEND\r\n-------tr00000\r\n-------tr000001 \r\n------tr000001$";
        using var call = await RawDeposit.OpenAsync(service, "mia");
        await call.Msrp.SendSingleOctetsAsync(RawSip.Octets(call.Chunk("tr000001", "msg00001", $"1-{body.Length}/{body.Length}", body)));

        (await call.AnswerAsync("tr000001")).ShouldBe(200);
        await call.ByeAsync();
        (await service.BodyAsync((await service.WaitingAsync("mia")).ShouldHaveSingleItem().Content)).ShouldBe(RawDeposit.Octets(body));
    }

    [Fact]
    public async Task Session_BoundTwice_TheSecondConnectionGets506()
    {
        using var call = await RawDeposit.OpenAsync(service, "nora");
        using var second = await RawMsrp.ConnectAsync(service.Msrp);
        await second.SendAsync(call.Chunk("tr000001", "msg00001", "1-5/5", "hello"));

        (await second.ReceiveAsync()).ShouldStartWith("MSRP tr000001 506");

        (await call.SendAsync("tr000002", "msg00002", "1-5/5", "hello")).ShouldBe(200);
        await call.ByeAsync();
    }

    [Fact]
    public async Task Session_ThatIsOver_IsUnknown()
    {
        using var call = await RawDeposit.OpenAsync(service, "olga");
        await call.ByeAsync();
        using var late = await RawMsrp.ConnectAsync(service.Msrp);
        await late.SendAsync(call.Chunk("tr000001", "msg00001", "1-5/5", "hello"));

        (await late.ReceiveAsync()).ShouldStartWith("MSRP tr000001 481");
        await NothingAsync("olga");
    }

    [Fact]
    [Requirement("DM-12.2.2.3-2")]
    public async Task Bye_InTheMiddleOfAChunk_LeavesNothing()
    {
        using var call = await RawDeposit.OpenAsync(service, "paul");
        await call.Msrp.SendAsync(call.Chunk("tr000001", "msg00001", "1-*/100000", RawDeposit.Text(50_000)).Split("\n-------")[0]);

        await call.ByeAsync();

        (await call.Msrp.IsClosedAsync()).ShouldBeTrue();
        await NothingAsync("paul");
    }

    [Fact]
    [Requirement("DM-12.2.2.3-2")]
    public async Task Connection_LostInTheMiddleOfAMessage_LeavesNothingAndEndsTheDialog()
    {
        using var call = await RawDeposit.OpenAsync(service, "quinn");
        (await call.SendAsync("tr000001", "msg00001", "1-5/5", "whole")).ShouldBe(200);
        (await call.SendAsync("tr000002", "msg00002", "1-*/100000", RawDeposit.Text(50_000), '+')).ShouldBe(200);

        call.Msrp.Dispose();

        await call.TakeByeAsync();
        (await service.WaitingAsync("quinn")).Count.ShouldBe(1);
        (await service.BodiesOfAsync("quinn")).ShouldBe(1);
    }

    [Fact]
    [Requirement("DM-12.2.2.3-4")]
    public async Task Mailbox_ThatIsFull_RefusesTheNextMessage()
    {
        const int Share = ServiceWithBodies.MaxBytes - 4096;
        using var call = await RawDeposit.OpenAsync(service, "ruth");
        var body = RawDeposit.Text(Share);
        for (var number = 0; number < 3; number++)
        {
            (await call.SendAsync($"tr00000{number}", $"msg0000{number}", $"1-*/{Share}", body)).ShouldBe(200);
        }

        await call.Msrp.SendAsync(call.Chunk("tr000004", "msg00004", $"1-*/{Share}", body));
        (await call.AnswerAsync("tr000004")).ShouldBe(413);

        await call.ByeAsync();
        (await service.WaitingAsync("ruth")).Count.ShouldBe(3);
        (await service.BodiesOfAsync("ruth")).ShouldBe(3);
    }

    [Fact]
    public async Task Type_ThatIsNone_Is415AndAnotherIsTaken()
    {
        using var call = await RawDeposit.OpenAsync(service, "sybil");

        (await call.SendAsync("tr000001", "msg00001", "1-5/5", "hello", type: "nonsense")).ShouldBeOneOf(400, 415);
        (await call.SendAsync("tr000002", "msg00002", "1-5/5", "hello")).ShouldBe(200);

        await call.ByeAsync();
        (await service.WaitingAsync("sybil")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Session_WithMoreMessagesThanAllowed_RefusesTheRest()
    {
        using var call = await RawDeposit.OpenAsync(service, "trent");
        for (var number = 0; number < 8; number++)
        {
            (await call.SendAsync($"tr00000{number}", $"msg0000{number}", "1-5/5", "hello")).ShouldBe(200);
        }

        (await call.SendAsync("tr000009", "msg00009", "1-5/5", "hello")).ShouldBe(413);
        await call.ByeAsync();
    }

    private async Task NothingAsync(string user)
    {
        (await service.WaitingAsync(user)).ShouldBeEmpty();
        (await service.BodiesOfAsync(user)).ShouldBe(0);
    }
}
