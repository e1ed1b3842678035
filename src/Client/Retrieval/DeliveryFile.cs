using System.Security.Cryptography;
using System.Text;

namespace PosteRestante.Client.Retrieval;

/// <summary>
/// The last deliveries of one account in a file, so that a repeat is known in another process too. A line for each; written
/// anew without the oldest when it is opened and has grown to twice the bound.
/// </summary>
public sealed class DeliveryFile : RecentDeliveries
{
    private readonly string _path;
    private bool _isWritable = true;

    private DeliveryFile(string path)
        : base(DefaultCapacity) => _path = path;

    /// <summary>The file of an account in a folder. Its name tells nothing of the account.</summary>
    public static string PathIn(string folder, string aor) => Path.Combine(
        folder, $"received-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(aor)).AsSpan(0, 8))}.ids");

    /// <summary>Reads a file; one that is not there, or cannot be read, knows nothing.</summary>
    public static DeliveryFile Open(string path)
    {
        var file = new DeliveryFile(path);
        file.Load();
        return file;
    }

    /// <inheritdoc/>
    public override void Add(string deliveryId)
    {
        base.Add(deliveryId);
        Write(FileMode.Append, [deliveryId]);
    }

    private void Load()
    {
        try
        {
            if (!File.Exists(_path))
            {
                return;
            }

            var lines = File.ReadAllLines(_path);
            foreach (var line in lines)
            {
                base.Add(line);
            }

            if (lines.Length > 2 * DefaultCapacity)
            {
                Write(FileMode.Create, Ids);
            }
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            _isWritable = false;
        }
    }

    // A message is worth more than its note: where nothing can be written, a repeat may be shown again.
    private void Write(FileMode mode, IReadOnlyCollection<string> ids)
    {
        if (!_isWritable)
        {
            return;
        }

        try
        {
            var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using var writer = new StreamWriter(_path, options);
            foreach (var id in ids)
            {
                writer.Write(id + "\n");
            }
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
        {
            _isWritable = false;
        }
    }
}
