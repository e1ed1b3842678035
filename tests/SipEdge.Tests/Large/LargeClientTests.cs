using Microsoft.Extensions.Logging.Abstractions;
using PosteRestante.Client.Retrieval;
using PosteRestante.Client.Retrieval.Large;
using PosteRestante.Client.Sessions;
using PosteRestante.Grains.Interfaces.Messages;
using PosteRestante.TestKit;

namespace PosteRestante.SipEdge.Tests.Large;

/// <summary>The client takes large messages from the service, asked for and pushed.</summary>
public sealed class LargeClientTests(ServiceWithBodies service) : IClassFixture<ServiceWithBodies>, IDisposable
{
    private const int Megabyte = 1024 * 1024;

    private readonly string _folder = Path.Combine(Directory.CreateTempSubdirectory("poste-bodies-").FullName, "bodies");
    private readonly List<RetrievedMessage> _shown = [];
    private readonly List<BodyProgress> _progress = [];

    public void Dispose()
    {
        Directory.Delete(Path.GetDirectoryName(_folder)!, recursive: true);
    }

    [Fact]
    [Requirement("DM-12.2.2.5-2d")]
    public async Task Pull_OfALargeMessage_WritesItsBodyToAFileOfItsKey()
    {
        var picture = ServiceWithBodies.Picture(5 * Megabyte);
        await service.PutAsync("dave", picture);
        await service.PutAsync("dave", "short"u8.ToArray(), ServiceWithBodies.PagerHead(5), MessageMode.Pager);
        await using var client = Open("dave");

        var result = await client.PullAsync(ShowAsync);

        (result.Received, result.IsComplete).ShouldBe((2, true), result.ToString());
        var large = _shown[0];
        large.ContentType.ShouldBe("image/tiff");
        large.From.ShouldContain("alice@example.net");
        large.Subject.ShouldBe("Pictures");
        large.BodyLength.ShouldBe(picture.Length);
        Path.GetFileName(large.File).ShouldBe($"{large.MessageId.Split(':', '@')[1]}.tiff");
        (await File.ReadAllBytesAsync(large.File!)).ShouldBe(picture);
        Directory.GetFiles(_folder).ShouldHaveSingleItem();
        _shown[1].Body.ToArray().ShouldBe("short"u8.ToArray());
        _progress[^1].State.ShouldBe(BodyState.Complete);
        _progress[^1].Received.ShouldBe(_progress[^1].Length);
    }

    [Fact]
    public async Task Pull_OfAMessageOverMsrpThatFitsMemory_GivesItsBody()
    {
        var picture = ServiceWithBodies.Picture(100_000);
        await service.PutAsync("nora", picture);
        await using var client = Open("nora");

        await client.PullAsync(ShowAsync);

        var message = _shown.ShouldHaveSingleItem();
        message.File.ShouldBeNull();
        message.ContentType.ShouldBe("image/tiff");
        message.Body.ToArray().ShouldBe(picture);
    }

    [Fact]
    public async Task Pull_ByAClientThatTakesLess_BringsTheOthers()
    {
        await service.PutAsync("olga", ServiceWithBodies.Picture(3 * Megabyte));
        await service.PutAsync("olga", "short"u8.ToArray(), ServiceWithBodies.PagerHead(5), MessageMode.Pager);
        await using var client = Open("olga", 2 * Megabyte);

        var result = await client.PullAsync(ShowAsync);

        (result.Received, result.IsComplete).ShouldBe((1, true), result.ToString());
        Directory.Exists(_folder).ShouldBeFalse();
    }

    [Fact]
    [Requirement("DM-12.2.2.2-R3", "DM-12.2.2.5-2d")]
    public async Task Online_LargeMessageWaits_IsGivenIt()
    {
        var picture = ServiceWithBodies.Picture(4 * Megabyte);
        await service.PutAsync("paul", picture);
        await using var client = Open("paul");
        using var leaving = new CancellationTokenSource();
        var given = new TaskCompletionSource<RetrievedMessage>(TaskCreationOptions.RunContinuationsAsynchronously);

        var stay = client.StayOnlineAsync(
            message =>
            {
                given.TrySetResult(message);
                return ValueTask.CompletedTask;
            },
            cancellation: leaving.Token);
        var message = await given.Task.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System, TestContext.Current.CancellationToken);

        (await File.ReadAllBytesAsync(message.File!)).ShouldBe(picture);
        await leaving.CancelAsync();
        (await stay).Received.ShouldBe(1);
    }

    private ValueTask ShowAsync(RetrievedMessage message)
    {
        _shown.Add(message);
        return ValueTask.CompletedTask;
    }

    private ImClient Open(string user, long maxOctets = 100 * Megabyte) => ImClient.Start(
        new ImClientOptions
        {
            Aor = $"sip:{user}@example.net",
            UserName = user,
            Password = "builder",
            Server = service.Sip,
            DeferredUri = "sip:Deferred@im.example.net",
            Bodies = new BodyFolder { Path = _folder, MaxOctets = maxOctets, Progress = _progress.Add },
        },
        NullLoggerFactory.Instance,
        TimeProvider.System,
        System.Security.Cryptography.RandomNumberGenerator.Fill);
}
