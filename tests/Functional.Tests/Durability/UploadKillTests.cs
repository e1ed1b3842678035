using System.Net;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging.Abstractions;
using PosteRestante.Client.Sending;
using PosteRestante.Client.Sessions;
using PosteRestante.TestKit;
using PosteRestante.TestKit.Servers;

namespace PosteRestante.Functional.Tests.Durability;

/// <summary>
/// The serving process is killed in the middle of uploads: what was acknowledged survives octet for octet, of what was not
/// there is nothing but what a sweeper or the next start takes.
/// </summary>
public sealed class UploadKillTests : IDisposable
{
    private const int Rounds = 3;
    private const int Uploads = 3;
    private const int Octets = 6 * 1024 * 1024;

    private readonly TemporaryFolder _folder = new();
    private readonly Mailboxes _mailboxes = new(users: 1);

    public void Dispose() => _folder.Dispose();

    [Fact]
    [Requirement("DM-12.2.2.3-2", "DM-12.2.2.1-2")]
    public async Task Uploads_ProcessIsKilledInTheMiddle_WhatWasAcknowledgedSurvivesOctetForOctet()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        HashSet<string> acknowledged = new(StringComparer.Ordinal);
        for (var round = 1; round <= Rounds; round++)
        {
            await using var server = await ServerProcess.StartAsync(_folder.Path, _mailboxes.Settings);
            var before = acknowledged.Count;
            var tried = await KillWhileUploadingAsync(server, random, acknowledged);
            Notes.Say($"SIGKILL in uploads {round} of {Rounds} (seed {seed}): {tried} begun, {acknowledged.Count - before} acknowledged");
        }

        await using var last = await ServerProcess.StartAsync(_folder.Path, _mailboxes.Settings);
        Directory.EnumerateFiles(Path.Combine(_folder.Path, "bodies", "incoming")).ShouldBeEmpty("what came in before the start");
        Dictionary<string, string> stored = new(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(_folder.Path, "bodies", "stored"), "*", SearchOption.AllDirectories))
        {
            await using var body = File.OpenRead(file);
            body.Length.ShouldBe(Octets, "a body that has a name is whole");
            stored[Convert.ToHexString(await SHA256.HashDataAsync(body))] = file;
        }

        acknowledged.Except(stored.Keys).ShouldBeEmpty("acknowledged and lost");
    }

    /// <summary>Some uploads end, others run, and then the process is killed.</summary>
    private async Task<int> KillWhileUploadingAsync(ServerProcess server, Random random, HashSet<string> acknowledged)
    {
        var most = random.Next(Octets);
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        List<Task<string?>> uploads = [UploadAsync(server.Sip, random.Next(), null)];
        if (await uploads[0] is { } first)
        {
            acknowledged.Add(first);
        }

        for (var upload = 0; upload < Uploads; upload++)
        {
            uploads.Add(UploadAsync(server.Sip, random.Next(), sent =>
            {
                if (sent >= most)
                {
                    reached.TrySetResult();
                }
            }));
        }

        await reached.Task.WaitAsync(Polling.Patience, TimeProvider.System);
        await server.KillAsync();
        foreach (var hash in await Task.WhenAll(uploads))
        {
            if (hash is not null)
            {
                acknowledged.Add(hash);
            }
        }

        return uploads.Count;
    }

    /// <summary>The hash of what was acknowledged; null when it was not.</summary>
    private async Task<string?> UploadAsync(IPEndPoint server, int seed, Action<long>? progress)
    {
        var octets = new byte[Octets];
        new Random(seed).NextBytes(octets);
        var account = Mailboxes.AccountOf(_mailboxes.Users[0]);
        await using var client = ImClient.Start(
            new ImClientOptions { Aor = account.Aor, UserName = account.UserName, Password = account.Password, Server = server },
            NullLoggerFactory.Instance,
            TimeProvider.System,
            RandomNumberGenerator.Fill);
        using var body = new MemoryStream(octets);
        var result = await client.SendLargeAsync(new OutgoingLargeMessage { To = account.Aor, Content = body, Progress = progress });
        return result.IsStored ? Convert.ToHexString(SHA256.HashData(octets)) : null;
    }
}
