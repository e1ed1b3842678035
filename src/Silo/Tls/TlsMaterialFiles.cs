using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using PosteRestante.SipStack.Networking;

namespace PosteRestante.Silo.Tls;

/// <summary>
/// What TLS works with, from files that are read again when they change. A new file that cannot be used changes nothing but the
/// log: the service goes on with what it has.
/// </summary>
internal sealed partial class TlsMaterialFiles : ITlsMaterialSource, IHostedService
{
    private readonly TlsOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<TlsMaterialFiles> _logger;
    private TlsFiles _seen;
    private string _complaint = string.Empty;
    private volatile TlsMaterial _current;
    private ITimer? _timer;

    public TlsMaterialFiles(IOptions<TlsOptions> options, TimeProvider time, ILogger<TlsMaterialFiles> logger)
    {
        _options = options.Value;
        _time = time;
        _logger = logger;
        _seen = TlsFiles.Read(_options);
        _current = _seen.Parse();
    }

    /// <inheritdoc/>
    public TlsMaterial Current => _current;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (_options.IsOn || _options.PeerAuthoritiesFile.Length > 0)
        {
            // One look after the other: the next is due when this one is done.
            _timer = _time.CreateTimer(static state => ((TlsMaterialFiles)state!).Look(), this, _options.ReloadInterval, Timeout.InfiniteTimeSpan);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        _timer?.Dispose();
        return Task.CompletedTask;
    }

    private void Look()
    {
        try
        {
            var files = TlsFiles.Read(_options);
            if (files != _seen)
            {
                var material = files.Parse();
                (_seen, _current) = (files, material);
                LogReloaded(material.Certificate?.TargetCertificate.Thumbprint, material.NotAfter);
            }

            _complaint = string.Empty;
        }
        catch (Exception unusable) when (unusable is IOException or CryptographicException)
        {
            Complain(unusable.Message);
        }

        _timer?.Change(_options.ReloadInterval, Timeout.InfiniteTimeSpan);
    }

    // Once for each trouble, not at every look.
    private void Complain(string complaint)
    {
        if (complaint != _complaint)
        {
            _complaint = complaint;
            LogUnusable(complaint);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The TLS files have changed: new handshakes use certificate {Thumbprint}, good until {NotAfter:u}.")]
    private partial void LogReloaded(string? thumbprint, DateTimeOffset? notAfter);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Complaint} The certificate that was loaded before stays in use; put a usable file in place, and it is taken without a restart.")]
    private partial void LogUnusable(string complaint);
}
